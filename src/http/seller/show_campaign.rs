//! `GET /seller/v1/campaigns/{campaign}`: one of one's own campaigns with its counts and what it has cost.

use axum::extract::State;
use kernel::id::CampaignId;
use projections::campaigns::{Campaigns, query};
use projections::{Projection, checkpoint};

use crate::app::App;
use crate::http::campaign::shown::ShownCampaign;
use crate::http::{Json, MerchantCaller, NotBefore, Path, Problem, Version};

/// One of your campaigns: what it says, how many of its coupons stand where, and what the used ones took off.
#[utoipa::path(
    get,
    path = "/campaigns/{campaign}",
    operation_id = "show_own_campaign",
    params(("campaign" = Uuid, Path, description = "The campaign.")),
    responses((status = 200, body = ShownCampaign)),
)]
pub async fn show_campaign(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(campaign): Path<CampaignId>,
    not_before: NotBefore,
) -> Result<(Version, Json<ShownCampaign>), Problem> {
    not_before.wait(&app.positions, &[Campaigns::NAME]).await?;
    let found = query::campaign(&app.pool, campaign, app.clock.now()).await?;
    let view = found.filter(|view| view.merchant == Some(caller.merchant.0));
    let view = view.ok_or_else(Problem::not_found)?;
    Ok((Version(checkpoint::seq(view.position)), Json(view.into())))
}
