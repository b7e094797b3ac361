//! `POST /storefront/v1/campaigns/{campaign}/coupons`: taking a coupon (쿠폰 다운로드).

use axum::extract::State;
use axum::http::StatusCode;
use kernel::id::CampaignId;
use order::coupon::Coupon;

use crate::app::App;
use crate::http::{Json, Path, Position, Problem, Shopper, Version, Write, Written};
use crate::service::campaigns::Giver;

/// Take a coupon of a campaign that hands them to anybody.
#[utoipa::path(
    post,
    path = "/campaigns/{campaign}/coupons",
    security(("access_token" = [])),
    params(("campaign" = Uuid, Path)),
    responses(
        (status = 201, body = Written),
        (status = 409, description = "`campaign_exhausted`, `campaign_member_limit`, `campaign_not_running`, \
            `campaign_not_begun`, `campaign_over`"),
    ),
)]
pub async fn take_coupon(
    State(app): State<App>,
    shopper: Shopper,
    Path(campaign): Path<CampaignId>,
    write: Write<()>,
) -> Result<(StatusCode, (Position, Version, Json<Written>)), Problem> {
    let context = write.intent(shopper.actor(), app.clock.now());
    let given = app.give_coupon(&context, (campaign, shopper.member), Giver::Member).await?;
    Ok((StatusCode::CREATED, Written::reply::<Coupon>(&given.coupon, given.coupon.0, &given.outcome)))
}
