//! `GET /seller/v1/shipments/{shipment}`: one shipment, with whom it goes to and what was seen of it.

use axum::extract::State;
use axum::response::Response;
use kernel::id::{OrderId, ShipmentId};
use projections::Projection;
use projections::checkpoint;
use projections::deliveries::{self, Deliveries};
use serde::Serialize;
use utoipa::ToSchema;

use super::shipment::{OwnScan, OwnShipment, ShipTo};
use crate::app::App;
use crate::http::{IfNoneMatch, MerchantCaller, NotBefore, Path, Problem};

/// A shipment with whom it goes to and what was seen of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnShipmentInFull {
    /// The shipment.
    #[serde(flatten)]
    pub shipment: OwnShipment,
    /// Whom it goes to, or is fetched from; none once the shopper's data are gone for good.
    pub recipient: Option<ShipTo>,
    /// A word to the carrier, likewise.
    pub memo: Option<String>,
    /// What was seen of it, in the order of the tellers' clocks.
    pub scans: Vec<OwnScan>,
}

/// One of your shipments.
#[utoipa::path(
    get,
    path = "/shipments/{shipment}",
    operation_id = "show_own_shipment",
    params(("shipment" = Uuid, Path, description = "The shipment.")),
    responses((status = 200, body = OwnShipmentInFull), (status = 304, description = "You have it already.")),
)]
pub async fn show_shipment(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(shipment): Path<ShipmentId>,
    not_before: NotBefore,
    seen: IfNoneMatch,
) -> Result<Response, Problem> {
    not_before.wait(&app.positions, &[Deliveries::NAME]).await?;
    let found = deliveries::shipment(&app.pool, shipment).await?;
    let mut view = found.filter(|view| view.merchant == caller.merchant.0).ok_or_else(Problem::not_found)?;
    let version = checkpoint::seq(view.position);
    let destination = app.destination(OrderId(view.order)).await?;
    let scans = view.scans.take().map(|scans| scans.0).unwrap_or_default();
    let shown = OwnShipmentInFull {
        shipment: view.into(),
        recipient: destination.recipient.map(ShipTo::from),
        memo: destination.memo,
        scans: scans.into_iter().map(OwnScan::from).collect(),
    };
    Ok(seen.reply(version, shown))
}
