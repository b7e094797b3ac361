//! `PUT /seller/v1/delivery-policy`: charging and promising something else from now on.

use axum::extract::State;
use shipping::DeliveryPolicy;

use super::Changed;
use super::delivery_policy::DeliveryTermsNamed;
use crate::app::App;
use crate::http::{IfMatch, MerchantCaller, Write, Written};
use crate::service::ownership::Own;

/// Set your delivery policy. Orders placed before keep the former one.
#[utoipa::path(
    put,
    path = "/delivery-policy",
    params(("If-Match" = Option<String>, Header, description = "The version that you saw.")),
    request_body = DeliveryTermsNamed,
    responses((status = 200, body = Written), (status = 412, description = "`version_mismatch`")),
)]
pub async fn set_delivery_policy(
    State(app): State<App>,
    caller: MerchantCaller,
    seen: IfMatch,
    write: Write<DeliveryTermsNamed>,
) -> Changed {
    let context = write.intent(caller.actor(), app.clock.now());
    let own = Own::of(caller.merchant, caller.merchant).seen(seen.0);
    let outcome = app.set_delivery_policy(&context, own, write.body.into()).await?;
    Ok(Written::reply::<DeliveryPolicy>(&caller.merchant, caller.merchant.0, &outcome))
}
