//! What happened to a shipment, as it stays in the log for ever. Never here: a plain name or address.
//!
//! Each body begins with its [`Head`], written flat: shipment, order, group, merchant, mall, purpose, lines.

use kernel::{Sealed, Text, Timestamp};
use serde::{Deserialize, Serialize};

use super::value::{CancelReason, DelayReason, Head, ScanId, ScanStatus, Status};

/// What happened to a shipment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The goods are to travel.
    Requested(Requested),
    /// The merchant has seen it (발주확인).
    Accepted(Accepted),
    /// The parcel has a tracking number (송장 등록).
    Dispatched(Dispatched),
    /// The carrier saw the parcel.
    ScanRecorded(ScanRecorded),
    /// Handed over; for a return pick-up, at the merchant.
    Delivered(Delivered),
    /// The carrier can't find it.
    Lost(Lost),
    /// Back where it came from.
    ReturnedToSender(ReturnedToSender),
    /// The shopper was told why the dispatch is late (발송지연).
    DispatchDelayed(DispatchDelayed),
    /// Called off before dispatch.
    Cancelled(Cancelled),
}

kernel::domain_event! {
    Event {
        Requested => "requested" 1,
        Accepted => "accepted" 1,
        Dispatched => "dispatched" 1,
        ScanRecorded => "scan_recorded" 1,
        Delivered => "delivered" 1,
        Lost => "lost" 1,
        ReturnedToSender => "returned_to_sender" 1,
        DispatchDelayed => "dispatch_delayed" 1,
        Cancelled => "cancelled" 1,
    }
}

/// The goods are to travel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requested {
    /// Which shipment.
    #[serde(flatten)]
    pub head: Head,
    /// Name, phone and address, sealed.
    pub recipient: Sealed,
    /// When it has to be dispatched.
    pub dispatch_due: Timestamp,
    /// When it was asked.
    pub at: Timestamp,
}

/// The merchant has seen it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// Which shipment.
    #[serde(flatten)]
    pub head: Head,
    /// When.
    pub at: Timestamp,
}

/// The parcel has a tracking number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispatched {
    /// Which shipment.
    #[serde(flatten)]
    pub head: Head,
    /// Who carries it.
    pub carrier: Text<40>,
    /// The carrier's number of the parcel.
    pub tracking_number: Text<60>,
    /// When it had to be dispatched.
    pub dispatch_due: Timestamp,
    /// When it was.
    pub at: Timestamp,
}

/// The carrier saw the parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanRecorded {
    /// Which shipment.
    #[serde(flatten)]
    pub head: Head,
    /// The carrier's id of the scan.
    pub scan: ScanId,
    /// What it says.
    pub status: ScanStatus,
    /// Where the shipment stands after it.
    pub shipment_status: Status,
    /// Whether it tells of a moment that the shipment had already passed.
    pub late: bool,
    /// When the carrier saw it.
    pub occurred_at: Timestamp,
    /// When this was learned.
    pub at: Timestamp,
}

/// Handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivered {
    /// Which shipment.
    #[serde(flatten)]
    pub head: Head,
    /// When, as the carrier says.
    pub at: Timestamp,
    /// When this was learned.
    pub recorded_at: Timestamp,
}

/// The carrier can't find it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lost {
    /// Which shipment.
    #[serde(flatten)]
    pub head: Head,
    /// When, as the carrier says.
    pub at: Timestamp,
    /// When this was learned.
    pub recorded_at: Timestamp,
}

/// Back where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnedToSender {
    /// Which shipment.
    #[serde(flatten)]
    pub head: Head,
    /// When, as the carrier says.
    pub at: Timestamp,
    /// When this was learned.
    pub recorded_at: Timestamp,
}

/// The shopper was told why the dispatch is late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DispatchDelayed {
    /// Which shipment.
    #[serde(flatten)]
    pub head: Head,
    /// Why.
    pub reason_code: DelayReason,
    /// What the shopper reads.
    pub text: Text<500>,
    /// When it had to be dispatched.
    pub dispatch_due: Timestamp,
    /// When this was told.
    pub at: Timestamp,
}

/// Called off before dispatch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cancelled {
    /// Which shipment.
    #[serde(flatten)]
    pub head: Head,
    /// Why.
    pub reason: CancelReason,
    /// When.
    pub at: Timestamp,
}
