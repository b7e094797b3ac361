//! What happened to a claim. Each event says by itself whose, which lines and how much: other contexts see only events.
//!
//! Wire names and fields are for ever; a new shape is a new version. Never here: personal data.

use kernel::id::{ClaimId, MemberId, OrderId, PaymentId, RefundId, ShipmentId};
use kernel::{Amount, Currency, MallId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::refund::RefundQuote;
use crate::value::{
    ClaimLine, ClaimedLine, Fault, GroupFacts, HoldReason, Inspection, Kind, Party, Reason, Refusal,
    RestockLine,
};

/// A past fact about one claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The claim was made; its refund is quoted.
    Requested(Requested),
    /// A cancel was approved: the goods won't be sent.
    Approved(Approved),
    /// A return was accepted.
    Accepted(Accepted),
    /// The goods are to be picked up.
    PickupRequested(PickupRequested),
    /// The carrier has the goods: they are on their way back.
    PickupDispatched(PickupDispatched),
    /// The goods are with the merchant.
    Collected(Collected),
    /// The goods were inspected.
    Inspected(Inspected),
    /// The money is to go back.
    RefundStarted(RefundStarted),
    /// It did not; another try may follow.
    RefundFailed(RefundFailed),
    /// The money is back, or nothing was due.
    Completed(Completed),
    /// The claim was refused.
    Rejected(Rejected),
    /// The claim was taken back.
    Withdrawn(Withdrawn),
    /// A return waits.
    Held(Held),
    /// It goes on.
    Resumed(Resumed),
}

kernel::domain_event! { Event {
    Requested => "requested" 1,
    Approved => "approved" 1,
    Accepted => "accepted" 1,
    PickupRequested => "pickup_requested" 1,
    PickupDispatched => "pickup_dispatched" 1,
    Collected => "collected" 1,
    Inspected => "inspected" 1,
    RefundStarted => "refund_started" 1,
    RefundFailed => "refund_failed" 1,
    Completed => "completed" 1,
    Rejected => "rejected" 1,
    Withdrawn => "withdrawn" 1,
    Held => "held" 1,
    Resumed => "resumed" 1,
} }

/// What every event of a claim repeats; flat in the JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The claim.
    pub claim: ClaimId,
    /// The order it is about.
    pub order: OrderId,
    /// The payment that the money goes back through.
    pub payment: PaymentId,
    /// The order's mall.
    pub mall: MallId,
    /// Of every amount in the event.
    pub currency: Currency,
    /// The shopper.
    pub member: MemberId,
    /// Cancel or return.
    pub kind: Kind,
    /// Why it was made.
    pub reason: Reason,
    /// Who answers for it.
    pub fault: Fault,
}

/// The claim was made; its refund is quoted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requested {
    /// Which claim.
    #[serde(flatten)]
    pub subject: Subject,
    /// Who asked.
    pub requested_by: Party,
    /// The claimed lines with the order's facts.
    pub lines: Vec<ClaimLine>,
    /// Their groups with the order's facts.
    pub groups: Vec<GroupFacts>,
    /// Whether a merchant had accepted the shipment; always for a return.
    pub accepted: bool,
    /// What will go back.
    pub quote: RefundQuote,
    /// When.
    pub at: Timestamp,
}

/// A cancel was approved: the goods won't be sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approved {
    /// Which claim.
    #[serde(flatten)]
    pub subject: Subject,
    /// The claimed pieces.
    pub lines: Vec<ClaimedLine>,
    /// Who approved; the system when nothing had been accepted.
    pub by: Party,
    /// When.
    pub at: Timestamp,
}

/// A return was accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// Which claim.
    #[serde(flatten)]
    pub subject: Subject,
    /// The claimed pieces.
    pub lines: Vec<ClaimedLine>,
    /// Who accepted.
    pub by: Party,
    /// When.
    pub at: Timestamp,
}

/// The goods are to be picked up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickupRequested {
    /// Which claim.
    #[serde(flatten)]
    pub subject: Subject,
    /// The claimed pieces.
    pub lines: Vec<ClaimedLine>,
    /// The shipment of the way back.
    pub shipment: ShipmentId,
    /// When.
    pub at: Timestamp,
}

/// The carrier has the goods: they are on their way back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PickupDispatched {
    /// Which claim.
    #[serde(flatten)]
    pub subject: Subject,
    /// The shipment of the way back.
    pub shipment: ShipmentId,
    /// When.
    pub at: Timestamp,
}

/// The goods are with the merchant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collected {
    /// Which claim.
    #[serde(flatten)]
    pub subject: Subject,
    /// The claimed pieces.
    pub lines: Vec<ClaimedLine>,
    /// The shipment asked for last.
    pub shipment: ShipmentId,
    /// When.
    pub at: Timestamp,
}

/// The goods were inspected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inspected {
    /// Which claim.
    #[serde(flatten)]
    pub subject: Subject,
    /// The claimed pieces.
    pub lines: Vec<ClaimedLine>,
    /// Pass or fail.
    pub result: Inspection,
    /// What comes into stock; empty after a fail.
    pub restock: Vec<RestockLine>,
    /// When.
    pub at: Timestamp,
}

/// The money is to go back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundStarted {
    /// Which claim.
    #[serde(flatten)]
    pub subject: Subject,
    /// The claimed pieces.
    pub lines: Vec<ClaimedLine>,
    /// The refund.
    pub refund: RefundId,
    /// How much, above zero; minor units.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// How that came about.
    pub quote: RefundQuote,
    /// When.
    pub at: Timestamp,
}

/// It did not; another try may follow.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundFailed {
    /// Which claim.
    #[serde(flatten)]
    pub subject: Subject,
    /// The refund that failed.
    pub refund: RefundId,
    /// How much didn't go back; minor units.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// When.
    pub at: Timestamp,
}

/// The money is back, or nothing was due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completed {
    /// Which claim.
    #[serde(flatten)]
    pub subject: Subject,
    /// The claimed pieces.
    pub lines: Vec<ClaimedLine>,
    /// The refund, if anything was due.
    pub refund: Option<RefundId>,
    /// How much went back; minor units.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// How that came about.
    pub quote: RefundQuote,
    /// When.
    pub at: Timestamp,
}

/// The claim was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// Which claim.
    #[serde(flatten)]
    pub subject: Subject,
    /// The pieces that are no longer claimed.
    pub lines: Vec<ClaimedLine>,
    /// Why.
    pub refusal: Refusal,
    /// By whom.
    pub by: Party,
    /// Whether the merchant has the goods and must send them to the shopper.
    pub goods_go_back: bool,
    /// When.
    pub at: Timestamp,
}

/// The claim was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// Which claim.
    #[serde(flatten)]
    pub subject: Subject,
    /// The pieces that are no longer claimed.
    pub lines: Vec<ClaimedLine>,
    /// By whom.
    pub by: Party,
    /// The pickup to call off, if one was asked for.
    pub shipment: Option<ShipmentId>,
    /// When.
    pub at: Timestamp,
}

/// A return waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Which claim.
    #[serde(flatten)]
    pub subject: Subject,
    /// Why.
    pub hold: HoldReason,
    /// Who must act.
    pub duty: Party,
    /// By when.
    pub due: Timestamp,
    /// The fee that the refund doesn't cover; minor units, zero when it does.
    #[serde(rename = "unpaid_fee_minor")]
    pub unpaid_fee: Amount,
    /// When.
    pub at: Timestamp,
}

/// It goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resumed {
    /// Which claim.
    #[serde(flatten)]
    pub subject: Subject,
    /// What it had waited for.
    pub hold: HoldReason,
    /// When.
    pub at: Timestamp,
}
