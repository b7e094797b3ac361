//! `POST /admin/v1/malls/{mall}/members/{member}/points`: points (적립금) by the mall's favour.

use std::num::NonZeroU32;

use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use kernel::id::MemberId;
use kernel::{MallId, Price, Text};
use member::PointAccount;
use member::points::LotId;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Changed;
use crate::app::App;
use crate::http::{Path, Problem, SupportStaff, Write, Written};
use crate::service::points::Grant;

/// Points to give.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantPoints {
    /// How many.
    #[schema(value_type = u32, minimum = 1)]
    amount_minor: NonZeroU32,
    /// When they end; later than now.
    #[serde(deserialize_with = "crate::http::instant::given")]
    expires_at: DateTime<Utc>,
    /// What for, for the member to read: at most 200 characters, no personal data.
    #[schema(value_type = String, max_length = 200)]
    note: Text<200>,
}

/// Give a member points. The answer's `id` is their lot's, by which they can be taken back.
#[utoipa::path(
    post,
    path = "/malls/{mall}/members/{member}/points",
    security(("access_token" = ["support"])),
    params(("mall" = String, Path), ("member" = Uuid, Path)),
    request_body = GrantPoints,
    responses(
        (status = 201, body = Written),
        (status = 409, description = "`points_balance_too_high`, `points_too_many_lots`"),
        (status = 422, description = "`points_expiry_passed`"),
    ),
)]
pub async fn grant_points(
    State(app): State<App>,
    SupportStaff(caller): SupportStaff,
    Path((mall, member)): Path<(MallId, MemberId)>,
    write: Write<GrantPoints>,
) -> Result<(StatusCode, Changed), Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let lot = LotId(write.derive(&caller.actor(), "points"));
    let account = app.point_account(&mall, member)?;
    let GrantPoints { amount_minor, expires_at, note } = write.body;
    let amount = points(amount_minor)?;
    let outcome = app.grant_points(&context, &account, Grant { lot, amount, expires_at, note }).await?;
    Ok((StatusCode::CREATED, Written::reply::<PointAccount>(&account, lot.0, &outcome)))
}

/// So many points.
pub(super) fn points(number: NonZeroU32) -> Result<Price, Problem> {
    Price::new(i64::from(number.get())).map_err(Problem::internal)
}
