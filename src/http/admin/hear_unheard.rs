//! `POST /admin/v1/sagas/{saga}/unheard/{position}/retry`: a saga is given a commit that it could not be given before.

use axum::extract::State;
use eventstore::Seq;
use kernel::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::App;
use crate::http::{AdminStaff, Json, Path, Position, Problem, Write};

/// Why it may go better now.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HearUnheard {
    /// Why it may go better now, at most 500 characters; the log keeps it.
    #[schema(value_type = String, max_length = 500)]
    reason: Text<500>,
}

/// A commit that a saga has heard after all.
#[derive(Debug, Serialize, ToSchema)]
pub struct HeardCommit {
    /// The saga.
    saga: String,
    /// Where the commit stands in the log.
    unheard: u64,
    /// The position in the log; send it as `Jangteo-Position` with a read to see this write.
    position: u64,
}

/// Give a saga a commit that it could not be given before, now that this release can read it. What the saga heard
/// meanwhile stays heard before it.
#[utoipa::path(
    post,
    path = "/sagas/{saga}/unheard/{position}/retry",
    security(("access_token" = ["admin"])),
    params(("saga" = String, Path), ("position" = u64, Path)),
    request_body = HearUnheard,
    responses(
        (status = 200, body = HeardCommit),
        (status = 409, description = "It still can't be read (`still_unreadable`), or does not wait (`not_unheard`)."),
    ),
)]
pub async fn hear_unheard(
    State(app): State<App>,
    AdminStaff(caller): AdminStaff,
    Path((saga, unheard)): Path<(String, u64)>,
    write: Write<HearUnheard>,
) -> Result<(Position, Json<HeardCommit>), Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let position = app.hear_unheard(&context, (&saga, Seq(unheard)), &write.body.reason).await?;
    Ok((Position(position), Json(HeardCommit { saga, unheard, position: position.0 })))
}
