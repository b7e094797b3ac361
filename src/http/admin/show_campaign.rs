//! `GET /admin/v1/campaigns/{campaign}`: one campaign with its counts and what it has cost.

use axum::extract::State;
use kernel::id::CampaignId;
use projections::campaigns::{Campaigns, query};
use projections::{Projection, checkpoint};

use crate::app::App;
use crate::http::campaign::shown::ShownCampaign;
use crate::http::{CatalogStaff, Json, NotBefore, Path, Problem, Version};

/// One campaign: what it says, how many of its coupons stand where, and what the used ones took off.
#[utoipa::path(get, path = "/campaigns/{campaign}",
    security(("access_token" = ["catalog"])), params(("campaign" = Uuid, Path)),
    responses((status = 200, body = ShownCampaign)))]
pub async fn show_campaign(
    State(app): State<App>,
    _: CatalogStaff,
    Path(campaign): Path<CampaignId>,
    at_least: NotBefore,
) -> Result<(Version, Json<ShownCampaign>), Problem> {
    at_least.wait(&app.positions, &[Campaigns::NAME]).await?;
    let view = query::campaign(&app.pool, campaign, app.clock.now()).await?.ok_or_else(Problem::not_found)?;
    Ok((Version(checkpoint::seq(view.position)), Json(view.into())))
}
