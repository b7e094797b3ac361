//! What is there in a sandbox only.

use axum::http::StatusCode;

use crate::app::App;
use crate::clock::SharedClock;
use crate::http::Problem;

/// The sandbox's clock; 404 in an installation that is none.
pub(super) fn clock(app: &App) -> Result<&SharedClock, Problem> {
    app.virtual_clock.as_ref().ok_or_else(|| {
        let detail = "This installation is live: only a sandbox (`JANGTEO_MODE=sandbox`) has this.";
        Problem::new(StatusCode::NOT_FOUND, "not_a_sandbox", detail)
    })
}
