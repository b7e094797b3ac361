//! `POST /seller/v1/campaigns/{campaign}/{step}`: pausing, resuming or ending one's own campaign.

use axum::extract::State;
use kernel::id::CampaignId;
use order::campaign::Campaign;

use super::Changed;
use crate::app::App;
use crate::http::campaign::step::CampaignStep;
use crate::http::{IfMatch, MerchantCaller, Path, Write, Written};
use crate::service::ownership::Own;

/// Hand out no coupons of your campaign for now, hand them out again, or hand out none any more. Those in shoppers' hands
/// stay good, and you bear them.
#[utoipa::path(
    post,
    path = "/campaigns/{campaign}/{step}",
    operation_id = "steer_own_campaign",
    params(
        ("campaign" = Uuid, Path, description = "The campaign."),
        ("step" = inline(CampaignStep), Path, description = "What is to become of it."),
        ("If-Match" = Option<String>, Header, description = "The version that you saw."),
    ),
    responses(
        (status = 200, body = Written),
        (status = 409, description = "`campaign_ended`"),
        (status = 412, description = "`version_mismatch`"),
    ),
)]
pub async fn steer_campaign(
    State(app): State<App>,
    caller: MerchantCaller,
    Path((campaign, step)): Path<(CampaignId, CampaignStep)>,
    seen: IfMatch,
    write: Write<()>,
) -> Changed {
    let context = write.intent(caller.actor(), app.clock.now());
    let own = Own::of(caller.merchant, campaign).seen(seen.0);
    let outcome = app.steer_own_campaign(&context, own, step.at(context.at)).await?;
    Ok(Written::reply::<Campaign>(&campaign, campaign.0, &outcome))
}
