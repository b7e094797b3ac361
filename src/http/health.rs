//! Health, for those who start, stop and route to this process. Never rate-limited, never behind a token.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use futures::future::BoxFuture;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::json::Json;
use super::problem::Problem;

/// Says whether the process can serve now, or why not (for the log only).
pub type Ready = Arc<dyn Fn() -> BoxFuture<'static, Result<(), String>> + Send + Sync>;

/// The code of a process that can't serve just now.
pub(super) const NOT_READY: &str = "not_ready";

/// The process' health.
#[derive(Debug, Serialize, ToSchema)]
struct Health {
    /// `live` or `ready`.
    #[schema(value_type = String)]
    status: &'static str,
}

/// The process runs.
#[utoipa::path(get, path = "/health/live", tag = "health", security(()), responses((status = 200, body = Health)))]
async fn live() -> Json<Health> {
    Json(Health { status: "live" })
}

/// The process can serve: what it needs is there.
#[utoipa::path(get, path = "/health/ready", tag = "health", security(()), responses((status = 200, body = Health)))]
async fn ready(State(ready): State<Ready>) -> Result<Json<Health>, Problem> {
    match ready().await {
        Ok(()) => Ok(Json(Health { status: "ready" })),
        Err(why) => {
            let detail = "Something that this process needs is not there yet.";
            Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, NOT_READY, detail).retry_after(1).because(why))
        }
    }
}

pub(super) fn routes(ask: Ready) -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(live)).routes(routes!(ready)).with_state(ask)
}
