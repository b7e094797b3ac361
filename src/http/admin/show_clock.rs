//! `GET /admin/v1/clock`: the sandbox's clock.

use axum::extract::State;
use chrono::{DateTime, Utc};
use sagas::Clock as _;
use serde::Serialize;
use utoipa::ToSchema;

use super::sandbox;
use crate::app::App;
use crate::http::{Json, OperatorCaller, Problem};

/// A sandbox's clock.
#[derive(Debug, Serialize, ToSchema)]
pub struct SandboxClock {
    /// Where it stands.
    now: DateTime<Utc>,
    /// How many seconds it is ahead of the machine's.
    ahead_seconds: i64,
}

/// Where the sandbox's clock stands.
#[utoipa::path(
    get,
    path = "/clock",
    responses((status = 200, body = SandboxClock), (status = 404, description = "`not_a_sandbox`"))
)]
pub async fn show_clock(State(app): State<App>, _: OperatorCaller) -> Result<Json<SandboxClock>, Problem> {
    let clock = sandbox::clock(&app)?.clock();
    Ok(Json(SandboxClock { now: clock.now(), ahead_seconds: clock.ahead().num_seconds() }))
}
