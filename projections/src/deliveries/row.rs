//! The rows of the shipment tables. A field is a column of the same name.

use chrono::{DateTime, Utc};
use kernel::id::{ClaimId, MerchantId, OrderId, ShipmentId, SkuId};
use kernel::{MallId, Sealed};
use serde::{Deserialize, Serialize};
use shipping::shipment::{CancelReason, DelayReason, ScanStatus, Status};

use crate::touched::{Beginning, Change, replace};

/// What an event does to the shipment tables.
#[derive(Debug)]
pub enum Row {
    /// A shipment begins.
    Requested(Box<Shipment>, Vec<ShipmentLine>),
    /// It changes.
    Changed(Box<ShipmentChange>),
    /// The carrier saw it.
    Scanned(Scan),
}

/// A shipment as requested.
#[derive(Debug, Serialize)]
pub struct Shipment {
    pub(super) order_id: OrderId,
    pub(super) group_no: u16,
    pub(super) merchant: MerchantId,
    pub(super) mall: MallId,
    pub(super) purpose: &'static str,
    pub(super) claim: Option<ClaimId>,
    pub(super) dispatch_due: DateTime<Utc>,
    pub(super) requested_at: DateTime<Utc>,
    pub(super) recipient: Sealed,
    #[serde(flatten)]
    pub(super) change: ShipmentChange,
}

/// What changes in a shipment; `None` stays as it was.
#[derive(Debug, Clone, Serialize)]
pub struct ShipmentChange {
    pub(super) shipment: ShipmentId,
    pub(super) status: Option<Status>,
    pub(super) carrier: Option<String>,
    pub(super) tracking_number: Option<String>,
    pub(super) delay_reason: Option<DelayReason>,
    pub(super) delay_text: Option<String>,
    pub(super) cancel_reason: Option<CancelReason>,
    pub(super) accepted_at: Option<DateTime<Utc>>,
    pub(super) dispatched_at: Option<DateTime<Utc>>,
    pub(super) delivered_at: Option<DateTime<Utc>>,
    pub(super) cancelled_at: Option<DateTime<Utc>>,
    pub(super) position: i64,
}

/// Pieces of one order line in a shipment.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ShipmentLine {
    /// The shipment.
    pub shipment: ShipmentId,
    /// The order line.
    pub line_no: u16,
    /// What is in it.
    pub sku: SkuId,
    /// How many pieces.
    pub quantity: u32,
}

/// What the carrier saw.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Scan {
    /// The shipment.
    pub shipment: ShipmentId,
    /// The carrier's id of the scan.
    pub scan: String,
    /// What it says.
    pub status: ScanStatus,
    /// Whether it tells of a moment that the shipment had already passed.
    pub late: bool,
    /// When the carrier saw it.
    pub occurred_at: DateTime<Utc>,
    /// When this was learned.
    pub recorded_at: DateTime<Utc>,
    /// Where it stands in the log.
    pub position: i64,
}

impl ShipmentChange {
    /// A shipment that is as it was, at a new position.
    pub(super) const fn none(shipment: ShipmentId, position: i64) -> Self {
        Self {
            shipment,
            status: None,
            carrier: None,
            tracking_number: None,
            delay_reason: None,
            delay_text: None,
            cancel_reason: None,
            accepted_at: None,
            dispatched_at: None,
            delivered_at: None,
            cancelled_at: None,
            position,
        }
    }
}

impl Change for ShipmentChange {
    type Key = ShipmentId;

    fn key(&self) -> ShipmentId {
        self.shipment
    }

    fn then(&mut self, later: Self) {
        replace(&mut self.status, later.status);
        replace(&mut self.carrier, later.carrier);
        replace(&mut self.tracking_number, later.tracking_number);
        replace(&mut self.delay_reason, later.delay_reason);
        replace(&mut self.delay_text, later.delay_text);
        replace(&mut self.cancel_reason, later.cancel_reason);
        replace(&mut self.accepted_at, later.accepted_at);
        replace(&mut self.dispatched_at, later.dispatched_at);
        replace(&mut self.delivered_at, later.delivered_at);
        replace(&mut self.cancelled_at, later.cancelled_at);
        self.position = later.position;
    }
}

impl Beginning<ShipmentChange> for Shipment {
    fn key(&self) -> ShipmentId {
        self.change.shipment
    }

    fn absorb(&mut self, change: ShipmentChange) {
        self.change.then(change);
    }
}
