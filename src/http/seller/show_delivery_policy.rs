//! `GET /seller/v1/malls/{mall}/delivery-policy`: what one charges and promises in a mall.

use axum::extract::State;
use axum::response::Response;
use kernel::MallId;

use super::delivery_policy::DeliveryTermsNamed;
use crate::app::App;
use crate::http::{IfNoneMatch, MerchantCaller, Path, Problem};

/// Your delivery policy in force in a mall: as you set it last, or free delivery and return, dispatched within three
/// days.
#[utoipa::path(
    get,
    path = "/malls/{mall}/delivery-policy",
    params(("mall" = String, Path, description = "The mall.")),
    responses((status = 200, body = DeliveryTermsNamed)),
)]
pub async fn show_delivery_policy(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(mall): Path<MallId>,
    seen: IfNoneMatch,
) -> Result<Response, Problem> {
    let policy = app.delivery_policy(caller.merchant, &mall).await?;
    let body = DeliveryTermsNamed {
        fee: policy.state.fee().into(),
        return_fee_minor: policy.state.return_fee(),
        remote_surcharges: policy.state.remote_surcharges().into(),
        dispatch_days: policy.state.dispatch_days(),
    };
    Ok(seen.reply(policy.version, body))
}
