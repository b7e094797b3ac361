//! `POST /seller/v1/shipments/{shipment}/delay-notice`: telling the shopper why a parcel leaves late (발송지연).

use axum::extract::State;
use kernel::Text;
use kernel::id::ShipmentId;
use serde::Deserialize;
use shipping::Shipment;
use shipping::shipment::value::DelayReason;
use utoipa::ToSchema;

use super::Changed;
use crate::app::App;
use crate::http::{IfMatch, MerchantCaller, Path, Write, Written};
use crate::service::ownership::Own;

/// Why a parcel leaves late.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DelayNotice {
    /// `out_of_stock`, `made_to_order`, `shopper_request`, `holiday`, `high_demand` or `other`.
    #[schema(value_type = String, example = "high_demand")]
    reason: DelayReason,
    /// What the shopper reads, at most 500 characters.
    #[schema(value_type = String, max_length = 500)]
    text: Text<500>,
}

/// Tell the shopper why a parcel leaves late.
#[utoipa::path(
    post,
    path = "/shipments/{shipment}/delay-notice",
    params(
        ("shipment" = Uuid, Path, description = "The shipment."),
        ("If-Match" = Option<String>, Header, description = "The version that you saw."),
    ),
    request_body = DelayNotice,
    responses(
        (status = 200, body = Written),
        (status = 409, description = "`already_dispatched`, `shipment_cancelled`, `too_many_explanations`"),
        (status = 412, description = "`version_mismatch`"),
    ),
)]
pub async fn explain_delay(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(shipment): Path<ShipmentId>,
    seen: IfMatch,
    write: Write<DelayNotice>,
) -> Changed {
    let context = write.intent(caller.actor(), app.clock.now());
    let own = Own::of(caller.merchant, shipment).seen(seen.0);
    let DelayNotice { reason, text } = write.body;
    let outcome = app.explain_own_delay(&context, own, reason, text).await?;
    Ok(Written::reply::<Shipment>(&shipment, shipment.0, &outcome))
}
