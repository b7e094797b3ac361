//! `POST /webhooks/carrier`: a carrier saw a parcel.

use axum::extract::State;
use chrono::{DateTime, Utc};
use kernel::Text;
use serde::{Deserialize, Serialize};
use shipping::shipment::value::ScanStatus;
use utoipa::ToSchema;

use super::signed::{Signed, told_by};
use crate::app::App;
use crate::http::{Json, Position, Problem};
use crate::service::tracking::Scan;

/// Who the log says has told.
const TELLER: &str = "webhook.carrier";

/// What a carrier saw.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CarrierScan {
    /// The carrier, by the word that merchants dispatch with.
    #[schema(value_type = String, max_length = 40, example = "cj")]
    carrier: Text<40>,
    /// The carrier's number of the parcel.
    #[schema(value_type = String, max_length = 60)]
    tracking_number: Text<60>,
    /// The carrier's id of the scan; the same id is the same scan.
    #[schema(value_type = String, max_length = 80)]
    scan: Text<80>,
    /// `picked_up`, `in_transit`, `out_for_delivery`, `delivered`, `delayed`, `delivery_failed`, `lost` or
    /// `returned_to_sender`.
    #[schema(value_type = String, example = "in_transit")]
    status: ScanStatus,
    /// When the carrier saw it.
    #[serde(deserialize_with = "crate::http::instant::given")]
    occurred_at: DateTime<Utc>,
}

/// A scan that is on record, now or since before.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScanTaken {
    /// The position in the log.
    pub position: u64,
}

/// Tell of a parcel. Scans may come late, twice and out of order.
#[utoipa::path(
    post,
    path = "/carrier",
    tag = "webhooks",
    security(()),
    params((
        "Jangteo-Signature" = String,
        Header,
        description = "`t=<unix seconds>,v1=<hex>`: the HMAC-SHA-256 of `<t>.<body>` under the webhook secret.",
    )),
    request_body = CarrierScan,
    responses(
        (status = 200, body = ScanTaken),
        (status = 401, description = "`signature_invalid`"),
        (status = 404, description = "No parcel travels under this number."),
    ),
)]
pub async fn take_scan(
    State(app): State<App>,
    Signed(told): Signed<CarrierScan>,
) -> Result<(Position, Json<ScanTaken>), Problem> {
    let CarrierScan { carrier, tracking_number, scan, status, occurred_at } = told;
    let scan = Scan { scan, status, occurred_at };
    let position = app.track_parcels(&told_by(TELLER, &app), &carrier, &tracking_number, &scan).await?;
    Ok((Position(position), Json(ScanTaken { position: position.0 })))
}
