//! `POST /seller/v1/shipments/{shipment}/dispatch`: a parcel leaves (송장 등록).

use axum::extract::State;
use kernel::Text;
use kernel::id::ShipmentId;
use serde::Deserialize;
use shipping::Shipment;
use utoipa::ToSchema;

use super::Changed;
use crate::app::App;
use crate::http::{IfMatch, MerchantCaller, Path, Write, Written};
use crate::service::ownership::Own;

/// Under which number a parcel leaves.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ParcelNumber {
    /// Who carries it, at most 40 characters; the same word that the carrier's webhook says.
    #[schema(value_type = String, max_length = 40, example = "cj")]
    carrier: Text<40>,
    /// The carrier's number of it, at most 60 characters.
    #[schema(value_type = String, max_length = 60)]
    tracking_number: Text<60>,
}

/// Register a parcel's number (송장 등록): it leaves, and what was not seen yet is seen.
#[utoipa::path(
    post,
    path = "/shipments/{shipment}/dispatch",
    params(
        ("shipment" = Uuid, Path, description = "The shipment."),
        ("If-Match" = Option<String>, Header, description = "The version that you saw."),
    ),
    request_body = ParcelNumber,
    responses(
        (status = 200, body = Written),
        (status = 409, description = "`already_dispatched`, `shipment_cancelled`"),
        (status = 412, description = "`version_mismatch`"),
    ),
)]
pub async fn dispatch_shipment(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(shipment): Path<ShipmentId>,
    seen: IfMatch,
    write: Write<ParcelNumber>,
) -> Changed {
    let context = write.intent(caller.actor(), app.clock.now());
    let own = Own::of(caller.merchant, shipment).seen(seen.0);
    let ParcelNumber { carrier, tracking_number } = write.body;
    let outcome = app.dispatch_own_shipment(&context, own, carrier, tracking_number).await?;
    Ok(Written::reply::<Shipment>(&shipment, shipment.0, &outcome))
}
