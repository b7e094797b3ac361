//! `GET /seller/v1/delivery-policy`: what one charges and promises.

use axum::extract::State;
use axum::response::Response;

use super::delivery_policy::DeliveryTermsNamed;
use crate::app::App;
use crate::http::{IfNoneMatch, MerchantCaller, Problem};

/// Your delivery policy in force: as you set it last, or free delivery and return, dispatched within three days.
#[utoipa::path(get, path = "/delivery-policy", responses((status = 200, body = DeliveryTermsNamed)))]
pub async fn show_delivery_policy(
    State(app): State<App>,
    caller: MerchantCaller,
    seen: IfNoneMatch,
) -> Result<Response, Problem> {
    let policy = app.delivery_policy(caller.merchant).await?;
    let body = DeliveryTermsNamed {
        fee: policy.state.fee().into(),
        return_fee_minor: policy.state.return_fee(),
        dispatch_days: policy.state.dispatch_days(),
    };
    Ok(seen.reply(policy.version, body))
}
