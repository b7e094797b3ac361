//! `POST /seller/v1/shipments/{shipment}/scans`: telling of a parcel that one delivers oneself.

use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use kernel::Text;
use kernel::id::ShipmentId;
use serde::Deserialize;
use shipping::Shipment;
use shipping::shipment::value::ScanStatus;
use utoipa::ToSchema;

use crate::app::App;
use crate::http::{IfMatch, Json, MerchantCaller, Path, Position, Problem, Version, Write, Written};
use crate::service::ownership::Own;
use crate::service::tracking::Scan;

/// What you saw of a parcel.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScanReport {
    /// Your own id of it, at most 80 characters; the same id is the same scan.
    #[schema(value_type = String, max_length = 80)]
    scan: Text<80>,
    /// `picked_up`, `in_transit`, `out_for_delivery`, `delivered`, `delayed`, `delivery_failed`, `lost` or
    /// `returned_to_sender`.
    #[schema(value_type = String, example = "delivered")]
    status: ScanStatus,
    /// When you saw it: within the last day.
    #[serde(deserialize_with = "crate::http::instant::given")]
    occurred_at: DateTime<Utc>,
}

/// Tell what became of a parcel that no carrier's webhook tells of.
#[utoipa::path(
    post,
    path = "/shipments/{shipment}/scans",
    params(
        ("shipment" = Uuid, Path, description = "The shipment."),
        ("If-Match" = Option<String>, Header, description = "The version that you saw."),
    ),
    request_body = ScanReport,
    responses(
        (status = 201, body = Written),
        (status = 409, description = "`not_dispatched`, `shipment_cancelled`"),
        (status = 422, description = "`scan_ahead`, `scan_too_old`"),
        (status = 412, description = "`version_mismatch`"),
    ),
)]
pub async fn report_scan(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(shipment): Path<ShipmentId>,
    seen: IfMatch,
    write: Write<ScanReport>,
) -> Result<(StatusCode, (Position, Version, Json<Written>)), Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let own = Own::of(caller.merchant, shipment).seen(seen.0);
    let ScanReport { scan, status, occurred_at } = write.body;
    let scan = Scan { scan, status, occurred_at };
    let outcome = app.track_own_shipment(&context, own, scan).await?;
    Ok((StatusCode::CREATED, Written::reply::<Shipment>(&shipment, shipment.0, &outcome)))
}
