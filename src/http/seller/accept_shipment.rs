//! `POST /seller/v1/shipments/{shipment}/acceptance`: having seen what is to be sent (발주확인).

use axum::extract::State;
use kernel::id::ShipmentId;
use shipping::Shipment;

use super::Changed;
use crate::app::App;
use crate::http::{IfMatch, MerchantCaller, Path, Write, Written};
use crate::service::ownership::Own;

/// Say that you have seen what is to be sent (발주확인).
#[utoipa::path(
    post,
    path = "/shipments/{shipment}/acceptance",
    operation_id = "accept_own_shipment",
    params(
        ("shipment" = Uuid, Path, description = "The shipment."),
        ("If-Match" = Option<String>, Header, description = "The version that you saw."),
    ),
    responses(
        (status = 200, body = Written),
        (status = 409, description = "`shipment_cancelled`"),
        (status = 412, description = "`version_mismatch`"),
    ),
)]
pub async fn accept_shipment(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(shipment): Path<ShipmentId>,
    seen: IfMatch,
    write: Write<()>,
) -> Changed {
    let context = write.intent(caller.actor(), app.clock.now());
    let outcome = app.accept_own_shipment(&context, Own::of(caller.merchant, shipment).seen(seen.0)).await?;
    Ok(Written::reply::<Shipment>(&shipment, shipment.0, &outcome))
}
