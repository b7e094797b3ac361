//! A parcel as its shopper sees it.

use chrono::{DateTime, Utc};
use projections::deliveries::query::ShipmentView;
use projections::deliveries::row::{Scan, ShipmentLine};
use serde::Serialize;
use shipping::shipment::value::ScanStatus;
use utoipa::ToSchema;
use uuid::Uuid;

/// A parcel, or the pick-up of a return.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ShipmentSummary {
    /// The parcel.
    shipment: Uuid,
    /// The order's delivery that it belongs to.
    delivery: i32,
    /// Who sends it, or gets it back.
    merchant: Uuid,
    /// `outbound` or `return_pickup`.
    purpose: String,
    /// The claim that asked for the pick-up.
    claim: Option<Uuid>,
    /// Where it stands: `requested`, `accepted`, `dispatched`, `in_transit`, `out_for_delivery`, `delivery_failed`,
    /// `lost`, `returned_to_sender`, `delivered` or `cancelled`.
    status: String,
    /// Who carries it.
    carrier: Option<String>,
    /// The carrier's number of it.
    tracking_number: Option<String>,
    /// When it has to leave.
    dispatch_due: DateTime<Utc>,
    /// Why it leaves late (발송지연), if that was said.
    delay_reason: Option<String>,
    /// The same in the merchant's own words.
    delay_text: Option<String>,
    /// When it left.
    dispatched_at: Option<DateTime<Utc>>,
    /// When it arrived.
    delivered_at: Option<DateTime<Utc>>,
    /// What is in it.
    lines: Vec<ShipmentPieces>,
}

/// Pieces of a line in a parcel.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ShipmentPieces {
    /// The line's number.
    line: u16,
    /// The variant.
    sku: Uuid,
    /// How many pieces.
    quantity: u32,
}

/// What the carrier saw.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ShipmentScan {
    /// `picked_up`, `in_transit`, `out_for_delivery`, `delivered`, `delayed`, `delivery_failed`, `lost` or
    /// `returned_to_sender`.
    status: &'static str,
    /// When.
    occurred_at: DateTime<Utc>,
}

impl From<ShipmentView> for ShipmentSummary {
    fn from(view: ShipmentView) -> Self {
        Self {
            shipment: view.shipment,
            delivery: view.group_no,
            merchant: view.merchant,
            purpose: view.purpose,
            claim: view.claim,
            status: view.status,
            carrier: view.carrier,
            tracking_number: view.tracking_number,
            dispatch_due: view.dispatch_due,
            delay_reason: view.delay_reason,
            delay_text: view.delay_text,
            dispatched_at: view.dispatched_at,
            delivered_at: view.delivered_at,
            lines: view.lines.0.iter().map(Into::into).collect(),
        }
    }
}

impl From<&ShipmentLine> for ShipmentPieces {
    fn from(line: &ShipmentLine) -> Self {
        Self { line: line.line_no, sku: line.sku.0, quantity: line.quantity }
    }
}

impl From<&Scan> for ShipmentScan {
    fn from(scan: &Scan) -> Self {
        Self { status: word(scan.status), occurred_at: scan.occurred_at }
    }
}

const fn word(status: ScanStatus) -> &'static str {
    match status {
        ScanStatus::PickedUp => "picked_up",
        ScanStatus::InTransit => "in_transit",
        ScanStatus::OutForDelivery => "out_for_delivery",
        ScanStatus::Delivered => "delivered",
        ScanStatus::Delayed => "delayed",
        ScanStatus::DeliveryFailed => "delivery_failed",
        ScanStatus::Lost => "lost",
        ScanStatus::ReturnedToSender => "returned_to_sender",
    }
}
