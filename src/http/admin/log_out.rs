//! `DELETE /admin/v1/sessions/current`: signing out.

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::http::{OperatorCaller, Problem, Write};

/// Sign out.
#[utoipa::path(
    delete,
    path = "/sessions/current",
    responses((status = 204, description = "The session is over."))
)]
pub async fn log_out(
    State(app): State<App>,
    caller: OperatorCaller,
    write: Write<()>,
) -> Result<StatusCode, Problem> {
    app.log_out(&write.intent(caller.actor(), app.clock.now()), caller.session).await?;
    Ok(StatusCode::NO_CONTENT)
}
