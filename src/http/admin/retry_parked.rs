//! `POST /admin/v1/sagas/{saga}/{key}/retry`: a parked command is tried again.

use axum::extract::State;
use kernel::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::http::{AdminStaff, Json, Path, Position, Problem, Write};
use crate::service::parked::RetryAsk;

/// What is tried again, and why it may go better now.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetryParked {
    /// The command's name within the instance.
    command: String,
    /// Why it may go better now, at most 500 characters; the log keeps it.
    #[schema(value_type = String, max_length = 500)]
    reason: Text<500>,
}

/// A parked command that went on.
#[derive(Debug, Serialize, ToSchema)]
pub struct RetriedCommand {
    /// The saga.
    saga: String,
    /// Its instance.
    key: Uuid,
    /// The command.
    command: String,
    /// The position in the log; send it as `Jangteo-Position` with a read to see this write.
    position: u64,
}

/// Try a parked command again. It goes on when the command is taken, or refused for a reason that its saga expects. Any
/// other refusal is the answer, and it stays parked.
#[utoipa::path(
    post,
    path = "/sagas/{saga}/{key}/retry",
    security(("access_token" = ["admin"])),
    params(("saga" = String, Path), ("key" = Uuid, Path)),
    request_body = RetryParked,
    responses((status = 200, body = RetriedCommand), (status = 503, description = "It failed again.")),
)]
pub async fn retry_parked(
    State(app): State<App>,
    AdminStaff(caller): AdminStaff,
    Path((saga, key)): Path<(String, Uuid)>,
    write: Write<RetryParked>,
) -> Result<(Position, Json<RetriedCommand>), Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let RetryParked { command, reason } = write.body;
    let ask = RetryAsk { saga, key, command, reason, operator: caller.operator };
    let position = app.retry_parked(&context, &ask).await?;
    let RetryAsk { saga, key, command, .. } = ask;
    Ok((Position(position), Json(RetriedCommand { saga, key, command, position: position.0 })))
}
