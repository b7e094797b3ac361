//! `POST /admin/v1/campaigns/{campaign}/{step}`: a campaign is paused, resumed or ended.

use axum::extract::State;
use kernel::id::CampaignId;
use order::campaign::Campaign;

use super::Changed;
use crate::app::App;
use crate::http::campaign::step::CampaignStep;
use crate::http::{CatalogStaff, IfMatch, Path, Problem, Write, Written};

/// Hand out no coupons for now, hand them out again, or hand out none any more; those in shoppers' hands stay good.
#[utoipa::path(
    post,
    path = "/campaigns/{campaign}/{step}",
    security(("access_token" = ["catalog"])),
    params(
        ("campaign" = Uuid, Path),
        ("step" = inline(CampaignStep), Path),
        ("If-Match" = Option<String>, Header),
    ),
    responses((status = 200, body = Written), (status = 409, description = "`campaign_ended`")),
)]
pub async fn steer_campaign(
    State(app): State<App>,
    CatalogStaff(caller): CatalogStaff,
    Path((campaign, step)): Path<(CampaignId, CampaignStep)>,
    seen: IfMatch,
    write: Write<()>,
) -> Result<Changed, Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let outcome = app.change::<Campaign>(&context, &campaign, seen.0, [step.at(context.at)]).await?;
    Ok(Written::reply::<Campaign>(&campaign, campaign.0, &outcome))
}
