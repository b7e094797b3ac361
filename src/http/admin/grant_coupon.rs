//! `POST /admin/v1/campaigns/{campaign}/coupons`: a coupon for a member.

use axum::extract::State;
use axum::http::StatusCode;
use kernel::id::{CampaignId, MemberId};
use order::coupon::Coupon;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Changed;
use crate::app::App;
use crate::http::{CatalogStaff, Path, Problem, Write, Written};
use crate::service::campaigns::Giver;

/// Who gets a coupon.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GrantCoupon {
    /// The member.
    #[schema(value_type = Uuid)]
    member: MemberId,
}

/// Hand a member a coupon, however the campaign hands them out, within its limits.
#[utoipa::path(
    post,
    path = "/campaigns/{campaign}/coupons",
    security(("access_token" = ["catalog"])),
    params(("campaign" = Uuid, Path)),
    request_body = GrantCoupon,
    responses(
        (status = 201, body = Written),
        (status = 409, description = "`campaign_exhausted`, `campaign_member_limit`, `campaign_not_running`, \
            `campaign_not_begun`, `campaign_over`"),
    ),
)]
pub async fn grant_coupon(
    State(app): State<App>,
    CatalogStaff(caller): CatalogStaff,
    Path(campaign): Path<CampaignId>,
    write: Write<GrantCoupon>,
) -> Result<(StatusCode, Changed), Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let member = write.body.member;
    app.own_account(member).await?;
    let given = app.give_coupon(&context, (campaign, member), Giver::Operator).await?;
    Ok((StatusCode::CREATED, Written::reply::<Coupon>(&given.coupon, given.coupon.0, &given.outcome)))
}
