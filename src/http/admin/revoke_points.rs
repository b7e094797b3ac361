//! `POST /admin/v1/malls/{mall}/members/{member}/points/{lot}/revocation`: points that should not have been.

use std::num::NonZeroU32;

use axum::extract::State;
use kernel::id::MemberId;
use kernel::{MallId, Text};
use member::PointAccount;
use member::points::LotId;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Changed;
use super::grant_points::points;
use crate::app::App;
use crate::http::{Path, Problem, SupportStaff, Write, Written};
use crate::service::points::Correction;

/// Points to take back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RevokePoints {
    /// How many.
    #[schema(value_type = u32, minimum = 1)]
    amount_minor: NonZeroU32,
    /// Why, for the member to read: at most 200 characters, no personal data. One reason takes back of a lot once.
    #[schema(value_type = String, max_length = 200)]
    note: Text<200>,
}

/// Take points of an earning back, as far as they are still there; what was spent stays spent and is never owed.
#[utoipa::path(
    post,
    path = "/malls/{mall}/members/{member}/points/{lot}/revocation",
    security(("access_token" = ["support"])),
    params(("mall" = String, Path), ("member" = Uuid, Path), ("lot" = Uuid, Path)),
    request_body = RevokePoints,
    responses(
        (status = 200, body = Written),
        (status = 404, description = "`points_lot_not_found`"),
        (status = 409, description = "`points_revoke_exceeds_earned`, `points_revoked_otherwise`, \
            `points_too_many_revocations`"),
    ),
)]
pub async fn revoke_points(
    State(app): State<App>,
    SupportStaff(caller): SupportStaff,
    Path((mall, member, lot)): Path<(MallId, MemberId, LotId)>,
    write: Write<RevokePoints>,
) -> Result<Changed, Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let account = app.point_account(&mall, member)?;
    let RevokePoints { amount_minor, note } = write.body;
    let amount = points(amount_minor)?;
    let outcome = app.correct_points(&context, &account, Correction { lot, amount, note }).await?;
    Ok(Written::reply::<PointAccount>(&account, lot.0, &outcome))
}
