//! `POST /admin/v1/parked/retry`: parked commands are tried again, many at once.

use axum::extract::State;
use kernel::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::App;
use crate::http::{AdminStaff, Json, Problem, Write};
use crate::service::parked::RetryAllAsk;

/// Which are tried again, and why they may go better now.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetryAllParked {
    /// Those of this saga.
    saga: Option<String>,
    /// Those whose last error had this code, e.g. `outside_unavailable`.
    code: Option<String>,
    /// Why they may go better now, at most 500 characters; the log keeps it.
    #[schema(value_type = String, max_length = 500)]
    reason: Text<500>,
}

/// What became of them.
#[derive(Debug, Serialize, ToSchema)]
pub struct RetriedCommands {
    /// Those that went on.
    went_on: u32,
    /// Those that failed again and stay parked.
    failed: u32,
    /// Whether others wait that were not tried this time: ask again, under another key.
    more: bool,
}

/// Try parked commands again: those of a saga, or with an error's code, or both. At most 200 at once, those that wait
/// longest first. The same request again tries what is still parked.
#[utoipa::path(
    post,
    path = "/parked/retry",
    security(("access_token" = ["admin"])),
    request_body = RetryAllParked,
    responses((status = 200, body = RetriedCommands), (status = 400, description = "Neither saga nor code is named.")),
)]
pub async fn retry_all_parked(
    State(app): State<App>,
    AdminStaff(caller): AdminStaff,
    write: Write<RetryAllParked>,
) -> Result<Json<RetriedCommands>, Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let RetryAllParked { saga, code, reason } = write.body;
    if saga.is_none() && code.is_none() {
        return Err(Problem::bad_request("nothing_named", "Name a `saga`, or an error's `code`, or both."));
    }
    let ask = RetryAllAsk { saga, code, reason, operator: caller.operator };
    let retried = app.retry_all_parked(&context, ask).await?;
    Ok(Json(RetriedCommands { went_on: retried.went_on, failed: retried.failed, more: retried.more }))
}
