//! `PUT /seller/v1/malls/{mall}/delivery-policy`: charging and promising something else in a mall from now on.

use axum::extract::State;
use kernel::MallId;
use shipping::DeliveryPolicy;

use super::Changed;
use super::delivery_policy::DeliveryTermsNamed;
use crate::app::App;
use crate::http::{IfMatch, MerchantCaller, Path, Write, Written};
use crate::service::ownership::Own;

/// Set your delivery policy in a mall. Orders placed before keep the former one.
#[utoipa::path(
    put,
    path = "/malls/{mall}/delivery-policy",
    params(
        ("mall" = String, Path, description = "The mall."),
        ("If-Match" = Option<String>, Header, description = "The version that you saw."),
    ),
    request_body = DeliveryTermsNamed,
    responses(
        (status = 200, body = Written),
        (status = 412, description = "`version_mismatch`"),
        (status = 422, description = "`quotes_not_taken`, `dispatch_days_out_of_range`, `threshold_is_zero`"),
    ),
)]
pub async fn set_delivery_policy(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(mall): Path<MallId>,
    seen: IfMatch,
    write: Write<DeliveryTermsNamed>,
) -> Changed {
    let context = write.intent(caller.actor(), app.clock.now());
    let policy = app.policy_of(caller.merchant, &mall)?;
    let own = Own::of(caller.merchant, policy.clone()).seen(seen.0);
    let outcome = app.set_delivery_policy(&context, own, write.body.into()).await?;
    Ok(Written::reply::<DeliveryPolicy>(&policy, caller.merchant.0, &outcome))
}
