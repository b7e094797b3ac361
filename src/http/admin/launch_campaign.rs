//! `POST /admin/v1/campaigns`: a campaign that hands out coupons (쿠폰).

use axum::extract::State;
use axum::http::StatusCode;
use kernel::id::CampaignId;
use order::campaign::{Campaign, Owner};

use super::Changed;
use crate::app::App;
use crate::http::campaign::launch::LaunchCampaign;
use crate::http::{CatalogStaff, Problem, Write, Written};

/// Launch a campaign. What it says never changes; it can be paused, resumed and ended.
#[utoipa::path(
    post,
    path = "/campaigns",
    security(("access_token" = ["catalog"])),
    request_body = LaunchCampaign,
    responses(
        (status = 201, body = Written),
        (status = 409, description = "`campaign_code_taken`"),
        (status = 422, description = "What a campaign can't say: `campaign_no_benefit`, `campaign_bad_period`, …"),
    ),
)]
pub async fn launch_campaign(
    State(app): State<App>,
    CatalogStaff(caller): CatalogStaff,
    write: Write<LaunchCampaign>,
) -> Result<(StatusCode, Changed), Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let campaign = CampaignId(write.derive(&caller.actor(), "campaign"));
    let mall = app.mall(&write.body.mall)?.clone();
    let new = write.body.of(campaign, mall.currency, Owner::Platform);
    let outcome = app.launch_campaign(&context, new).await?;
    Ok((StatusCode::CREATED, Written::reply::<Campaign>(&campaign, campaign.0, &outcome)))
}
