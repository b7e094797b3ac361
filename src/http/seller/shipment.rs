//! A shipment as its merchant sees it.

use chrono::{DateTime, Utc};
use projections::deliveries::{Scan, ShipmentLine, ShipmentView};
use serde::Serialize;
use shipping::shipment::value::ScanStatus;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::service::personal::Recipient;

/// A shipment: a parcel to a shopper, or a pick-up of what comes back to you.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnShipment {
    /// The shipment.
    pub shipment: Uuid,
    /// The order it belongs to.
    pub order: Uuid,
    /// The delivery group (배송 묶음) within the order.
    pub group: i32,
    /// The order's mall.
    pub mall: String,
    /// `outbound` or `return_pickup`.
    pub purpose: String,
    /// The claim that asked for the pick-up.
    pub claim: Option<Uuid>,
    /// `requested`, `accepted`, `dispatched`, `in_transit`, `out_for_delivery`, `delivery_failed`, `lost`,
    /// `returned_to_sender`, `delivered` or `cancelled`.
    pub status: String,
    /// Who carries it.
    pub carrier: Option<String>,
    /// The carrier's number of it.
    pub tracking_number: Option<String>,
    /// When it has to be dispatched.
    pub dispatch_due: DateTime<Utc>,
    /// Why the dispatch is late (발송지연), if you said.
    pub delay_reason: Option<String>,
    /// The same in words.
    pub delay_text: Option<String>,
    /// Why it was called off.
    pub cancel_reason: Option<String>,
    /// When it was asked for.
    pub requested_at: DateTime<Utc>,
    /// When you saw it (발주확인).
    pub accepted_at: Option<DateTime<Utc>>,
    /// When it left (송장 등록).
    pub dispatched_at: Option<DateTime<Utc>>,
    /// When it was handed over.
    pub delivered_at: Option<DateTime<Utc>>,
    /// When it was called off.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// What is in it.
    pub lines: Vec<OwnShipmentLine>,
}

/// Pieces of one order line in a shipment.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnShipmentLine {
    /// The order line.
    pub line: u16,
    /// The variant.
    pub sku: Uuid,
    /// How many pieces.
    pub quantity: u32,
}

/// What was seen of a shipment on its way.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnScan {
    /// Its id.
    pub scan: String,
    /// What it says.
    #[schema(value_type = String, example = "in_transit")]
    pub status: ScanStatus,
    /// Whether it tells of a moment that the shipment had already passed.
    pub late: bool,
    /// When it was seen.
    pub occurred_at: DateTime<Utc>,
}

/// Whom a shipment goes to, or is fetched from.
#[derive(Serialize, ToSchema)]
pub struct ShipTo {
    /// The name.
    pub name: String,
    /// The phone number.
    pub phone: String,
    /// The postal code.
    pub postal_code: String,
    /// The address.
    pub address: String,
}

impl std::fmt::Debug for ShipTo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ShipTo(…)")
    }
}

impl From<Recipient> for ShipTo {
    fn from(recipient: Recipient) -> Self {
        let Recipient { name, phone, postal_code, address } = recipient;
        Self { name, phone, postal_code, address }
    }
}

impl From<ShipmentView> for OwnShipment {
    fn from(view: ShipmentView) -> Self {
        Self {
            shipment: view.shipment,
            order: view.order,
            group: view.group_no,
            mall: view.mall,
            purpose: view.purpose,
            claim: view.claim,
            status: view.status,
            carrier: view.carrier,
            tracking_number: view.tracking_number,
            dispatch_due: view.dispatch_due,
            delay_reason: view.delay_reason,
            delay_text: view.delay_text,
            cancel_reason: view.cancel_reason,
            requested_at: view.requested_at,
            accepted_at: view.accepted_at,
            dispatched_at: view.dispatched_at,
            delivered_at: view.delivered_at,
            cancelled_at: view.cancelled_at,
            lines: view.lines.0.into_iter().map(OwnShipmentLine::from).collect(),
        }
    }
}

impl From<ShipmentLine> for OwnShipmentLine {
    fn from(line: ShipmentLine) -> Self {
        Self { line: line.line_no, sku: line.sku.0, quantity: line.quantity }
    }
}

impl From<Scan> for OwnScan {
    fn from(scan: Scan) -> Self {
        let Scan { scan, status, late, occurred_at, .. } = scan;
        Self { scan, status, late, occurred_at }
    }
}
