//! `POST /admin/v1/sagas/{saga}/{key}/compensate`: a command that is held back is given up.

use axum::extract::State;
use kernel::Text;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::held_command::HeldCommandWritten;
use crate::app::App;
use crate::http::{AdminStaff, Json, Path, Position, Problem, Write};
use crate::service::operators_word::HeldCommand;

/// Which command is given up, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CompensateParked {
    /// The command's name within the instance.
    command: String,
    /// The code that it counts as refused with: one that the saga knows what to do about.
    code: String,
    /// Why, at most 500 characters; the log keeps it.
    #[schema(value_type = String, max_length = 500)]
    reason: Text<500>,
}

/// Give a held-back command up. It counts as refused with that code, and its saga goes the way that it goes then (a claim
/// is rejected, money goes back); what waits behind it in its step is not issued. Parked or postponed alike; once said, it
/// can't be said again or taken back.
#[utoipa::path(
    post,
    path = "/sagas/{saga}/{key}/compensate",
    security(("access_token" = ["admin"])),
    params(("saga" = String, Path), ("key" = Uuid, Path)),
    request_body = CompensateParked,
    responses(
        (status = 200, body = HeldCommandWritten),
        (status = 409, description = "No such command waits (`not_held_back`), or the saga has no way to go on from there (`no_reaction`)."),
    ),
)]
pub async fn compensate_parked(
    State(app): State<App>,
    AdminStaff(caller): AdminStaff,
    Path((saga, key)): Path<(String, Uuid)>,
    write: Write<CompensateParked>,
) -> Result<(Position, Json<HeldCommandWritten>), Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let CompensateParked { command, code, reason } = write.body;
    let held = HeldCommand { saga, key, command };
    let position = app.compensate_held(&context, &held, (code, &reason)).await?;
    Ok((Position(position), Json(HeldCommandWritten::at(held, position))))
}
