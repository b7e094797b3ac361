//! `POST /admin/v1/sagas/{saga}/{key}/resolve`: a command that is held back counts as gone through.

use axum::extract::State;
use kernel::Text;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::held_command::HeldCommandWritten;
use crate::app::App;
use crate::http::{AdminStaff, Json, Path, Position, Problem, Write};
use crate::service::operators_word::HeldCommand;

/// Which command is done otherwise, and how or why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResolveParked {
    /// The command's name within the instance.
    command: String,
    /// How or why, at most 500 characters; the log keeps it.
    #[schema(value_type = String, max_length = 500)]
    reason: Text<500>,
}

/// Say that what a held-back command was to do is done otherwise. It counts as gone through, and what waits behind it in its
/// step is issued. Parked or postponed alike; once said, it can't be said again or taken back.
#[utoipa::path(
    post,
    path = "/sagas/{saga}/{key}/resolve",
    security(("access_token" = ["admin"])),
    params(("saga" = String, Path), ("key" = Uuid, Path)),
    request_body = ResolveParked,
    responses(
        (status = 200, body = HeldCommandWritten),
        (status = 409, description = "No such command waits (`not_held_back`)."),
    ),
)]
pub async fn resolve_parked(
    State(app): State<App>,
    AdminStaff(caller): AdminStaff,
    Path((saga, key)): Path<(String, Uuid)>,
    write: Write<ResolveParked>,
) -> Result<(Position, Json<HeldCommandWritten>), Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let ResolveParked { command, reason } = write.body;
    let held = HeldCommand { saga, key, command };
    let position = app.resolve_held(&context, &held, &reason).await?;
    Ok((Position(position), Json(HeldCommandWritten::at(held, position))))
}
