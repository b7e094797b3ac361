//! What the house's own machinery asks a process, apart from its callers: health and figures. It has an address of its own
//! and neither tokens nor limits, so it belongs where callers don't come.

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;

use super::health::{self, Ready};
use crate::app::App;
use crate::telemetry::figures::{Figures, MEDIA_TYPE};

/// Health and figures of a process.
pub fn ops_router(app: App, figures: Figures, ready: Ready) -> Router {
    let metrics = Router::new().route("/metrics", get(metrics)).with_state((app, figures));
    let (health, _) = health::routes(ready).split_for_parts();
    metrics.merge(health)
}

async fn metrics(State((app, figures)): State<(App, Figures)>) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, MEDIA_TYPE)], figures.text(&app).await)
}
