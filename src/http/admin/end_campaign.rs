//! `POST /admin/v1/campaigns/{campaign}/end`: no coupons any more.

use axum::extract::State;
use kernel::id::CampaignId;
use order::campaign::command::End;
use order::campaign::{Campaign, Command};

use super::Changed;
use crate::app::App;
use crate::http::{CatalogStaff, IfMatch, Path, Problem, Write, Written};

/// Hand out no coupons any more; those in shoppers' hands stay good.
#[utoipa::path(
    post,
    path = "/campaigns/{campaign}/end",
    security(("access_token" = ["catalog"])),
    params(("campaign" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = Written), (status = 409, description = "`campaign_ended`")),
)]
pub async fn end_campaign(
    State(app): State<App>,
    CatalogStaff(caller): CatalogStaff,
    Path(campaign): Path<CampaignId>,
    seen: IfMatch,
    write: Write<()>,
) -> Result<Changed, Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let end = Command::End(End { at: context.at });
    let outcome = app.change::<Campaign>(&context, &campaign, seen.0, [end]).await?;
    Ok(Written::reply::<Campaign>(&campaign, campaign.0, &outcome))
}
