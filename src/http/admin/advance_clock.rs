//! `POST /admin/v1/clock/advance`: time passes in the sandbox.

use axum::extract::State;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::sandbox;
use crate::app::App;
use crate::http::{AdminStaff, Json, Problem, Write};

/// The most seconds of one step: a year, so that a slip of the pen isn't a century.
const SECONDS_MAX: u32 = 366 * 24 * 60 * 60;

/// How much time passes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdvanceClock {
    /// 1 to 31,622,400 (366 days).
    #[schema(value_type = u32, minimum = 1, maximum = 31_622_400)]
    seconds: Seconds,
}

/// A number of seconds that a clock may be moved by.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "u32")]
struct Seconds(TimeDelta);

impl TryFrom<u32> for Seconds {
    type Error = String;

    fn try_from(seconds: u32) -> Result<Self, String> {
        if (1..=SECONDS_MAX).contains(&seconds) {
            Ok(Self(TimeDelta::seconds(i64::from(seconds))))
        } else {
            Err(format!("a clock is moved by 1 to {SECONDS_MAX} seconds"))
        }
    }
}

/// Where the clock was put.
#[derive(Debug, Serialize, ToSchema)]
pub struct AdvancedClock {
    /// The instant it was put to.
    now: DateTime<Utc>,
}

/// Let time pass: what is due by then happens. Once per `Idempotency-Key`.
#[utoipa::path(
    post,
    path = "/clock/advance",
    security(("access_token" = ["admin"])),
    request_body = AdvanceClock,
    responses((status = 200, body = AdvancedClock), (status = 404, description = "`not_a_sandbox`"))
)]
pub async fn advance_clock(
    State(app): State<App>,
    AdminStaff(caller): AdminStaff,
    write: Write<AdvanceClock>,
) -> Result<Json<AdvancedClock>, Problem> {
    let clock = sandbox::clock(&app)?;
    let name = write.intent(caller.actor(), app.clock.now()).command_id.to_string();
    let now = clock.advance_once(&name, write.body.seconds.0).await?;
    Ok(Json(AdvancedClock { now }))
}
