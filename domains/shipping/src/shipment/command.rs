//! What can be asked of a shipment. Never here: a decision; time and ids come from the edge.

use kernel::id::{MerchantId, OrderId, ShipmentId};
use kernel::{MallId, Sealed, Text, Timestamp};
use serde::{Deserialize, Serialize};

use super::value::{CancelReason, DelayReason, Purpose, ScanId, ScanStatus, ShipmentLine};

/// What can be asked of a shipment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Ask the merchant to send goods, or a carrier to fetch them.
    Request(Request),
    /// The merchant has seen it (발주확인).
    Accept(Accept),
    /// The parcel has a tracking number (송장 등록).
    Dispatch(Dispatch),
    /// The carrier saw the parcel.
    Track(Track),
    /// Tell the shopper why the dispatch is late (발송지연).
    ExplainDelay(ExplainDelay),
    /// Call it off before dispatch.
    Cancel(Cancel),
}

/// Ask the merchant to send goods, or a carrier to fetch them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The new shipment.
    pub shipment: ShipmentId,
    /// The order it belongs to.
    pub order: OrderId,
    /// The delivery group within the order.
    pub group: u16,
    /// Who sends it, or gets it back.
    pub merchant: MerchantId,
    /// The mall of the order.
    pub mall: MallId,
    /// Why the goods travel.
    pub purpose: Purpose,
    /// What is in it; 1 to [`super::policy::MAX_LINES`].
    pub lines: Vec<ShipmentLine>,
    /// Name, phone and address of whom it goes to, or is fetched from.
    pub recipient: Sealed,
    /// When it has to be dispatched.
    pub dispatch_due: Timestamp,
    /// When it was asked.
    pub at: Timestamp,
}

/// The merchant has seen it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accept {
    /// When.
    pub at: Timestamp,
}

/// The parcel has a tracking number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dispatch {
    /// Who carries it.
    pub carrier: Text<40>,
    /// The carrier's number of the parcel.
    pub tracking_number: Text<60>,
    /// When.
    pub at: Timestamp,
}

/// The carrier saw the parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Track {
    /// The carrier's id of the scan; the same id is the same scan.
    pub scan: ScanId,
    /// What it says.
    pub status: ScanStatus,
    /// When the carrier saw it.
    pub occurred_at: Timestamp,
    /// When this was learned.
    pub at: Timestamp,
}

/// Tell the shopper why the dispatch is late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExplainDelay {
    /// Why.
    pub reason_code: DelayReason,
    /// What the shopper reads.
    pub text: Text<500>,
    /// When.
    pub at: Timestamp,
}

/// Call it off before dispatch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cancel {
    /// Why.
    pub reason: CancelReason,
    /// When.
    pub at: Timestamp,
}
