//! `GET /storefront/v1/orders/{order}/shipments`: where an order's parcels are.

use axum::extract::State;
use kernel::id::OrderId;
use projections::Projection;
use projections::deliveries::Deliveries;
use projections::deliveries::query::{self, ShipmentView};
use projections::orders::Orders;
use serde::Serialize;
use utoipa::ToSchema;

use super::gift_view::GiftStanding;
use super::shipment_view::{ShipmentScan, ShipmentSummary};
use crate::app::App;
use crate::http::{Json, NotBefore, Path, Problem, Shopper};

/// An order's parcels.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrackedOrder {
    /// Where the gift (선물하기) stands that the order is, if it is one: nothing is sent before it is accepted.
    gift: Option<GiftStanding>,
    /// The parcels, pick-ups included, the oldest first.
    items: Vec<TrackedShipment>,
}

/// A parcel with what its carrier saw.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrackedShipment {
    /// The parcel.
    #[serde(flatten)]
    shipment: ShipmentSummary,
    /// What the carrier saw, in the order of its clock.
    scans: Vec<ShipmentScan>,
}

/// Track my order.
#[utoipa::path(
    get,
    path = "/orders/{order}/shipments",
    security(("access_token" = [])),
    params(("order" = Uuid, Path)),
    responses((status = 200, body = TrackedOrder)),
)]
pub async fn track_order(
    State(app): State<App>,
    shopper: Shopper,
    Path(order): Path<OrderId>,
    not_before: NotBefore,
) -> Result<Json<TrackedOrder>, Problem> {
    not_before.wait(&app.positions, &[Orders::NAME, Deliveries::NAME]).await?;
    let found = projections::orders::query::order(&app.pool, order).await?;
    let view = found.filter(|view| view.member == shopper.member.0).ok_or_else(Problem::not_found)?;
    let shipments = query::tracks_of_order(&app.pool, order).await?;
    let gift = GiftStanding::of(&view);
    Ok(Json(TrackedOrder { gift, items: shipments.into_iter().map(Into::into).collect() }))
}

impl From<ShipmentView> for TrackedShipment {
    fn from(mut view: ShipmentView) -> Self {
        let scans = view.scans.take().map(|scans| scans.0.iter().map(Into::into).collect());
        Self { shipment: view.into(), scans: scans.unwrap_or_default() }
    }
}
