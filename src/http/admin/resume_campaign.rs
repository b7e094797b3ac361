//! `POST /admin/v1/campaigns/{campaign}/resumption`: coupons again.

use axum::extract::State;
use kernel::id::CampaignId;
use order::campaign::command::Resume;
use order::campaign::{Campaign, Command};

use super::Changed;
use crate::app::App;
use crate::http::{CatalogStaff, IfMatch, Path, Problem, Write, Written};

/// Hand out coupons again.
#[utoipa::path(
    post,
    path = "/campaigns/{campaign}/resumption",
    security(("access_token" = ["catalog"])),
    params(("campaign" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = Written), (status = 409, description = "`campaign_ended`")),
)]
pub async fn resume_campaign(
    State(app): State<App>,
    CatalogStaff(caller): CatalogStaff,
    Path(campaign): Path<CampaignId>,
    seen: IfMatch,
    write: Write<()>,
) -> Result<Changed, Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let resume = Command::Resume(Resume { at: context.at });
    let outcome = app.change::<Campaign>(&context, &campaign, seen.0, [resume]).await?;
    Ok(Written::reply::<Campaign>(&campaign, campaign.0, &outcome))
}
