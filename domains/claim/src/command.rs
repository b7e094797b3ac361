//! What can be asked of a claim. Ids and times are made at the edge; the order's facts come from the order's state.
//!
//! Never here: a rule. A command that parses may still be refused by [`crate::decide`].

use kernel::id::{ClaimId, MemberId, OrderId, PaymentId, RefundId, ShipmentId};
use kernel::{Currency, MallId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::value::{ClaimLine, GroupFacts, HoldReason, Inspection, Party, Reason, Refusal};

/// An imperative to one claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Ask that goods be not sent.
    RequestCancel(RequestCancel),
    /// Ask that goods go back.
    RequestReturn(RequestReturn),
    /// Approve a cancel.
    Approve(Approve),
    /// Accept a return.
    Accept(Accept),
    /// Have the goods picked up (회수).
    RequestPickup(RequestPickup),
    /// Note that the carrier has the goods.
    RecordPickupDispatch(RecordPickupDispatch),
    /// Note that the goods are with the merchant.
    Collect(Collect),
    /// Note what the inspection found.
    Inspect(Inspect),
    /// Start paying back.
    StartRefund(StartRefund),
    /// Note that the money is back.
    RecordRefund(RecordRefund),
    /// Note that paying back failed, so that it can be tried again.
    RecordRefundFailure(RecordRefundFailure),
    /// Refuse the claim.
    Reject(Reject),
    /// Take the claim back.
    Withdraw(Withdraw),
    /// Let a return wait.
    Hold(Hold),
    /// Let it go on.
    Resume(Resume),
}

/// What every request says, with the order's facts at that moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The new claim.
    pub claim: ClaimId,
    /// The order it is about.
    pub order: OrderId,
    /// The payment that the money goes back through.
    pub payment: PaymentId,
    /// The order's mall.
    pub mall: MallId,
    /// The order's currency, of every amount here.
    pub currency: Currency,
    /// The order's shopper.
    pub member: MemberId,
    /// Who asks.
    pub requested_by: Party,
    /// Why; fixes the fault.
    pub reason: Reason,
    /// Runs of pieces of 1 to [`MAX_LINES`](crate::policy::MAX_LINES) lines of one merchant; the runs of a line share no
    /// piece.
    pub lines: Vec<ClaimLine>,
    /// Exactly the groups of those lines.
    pub groups: Vec<GroupFacts>,
    /// When.
    pub at: Timestamp,
}

/// Ask that goods be not sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestCancel {
    /// What and why.
    pub request: Request,
    /// Whether a merchant had accepted the shipment of any of the pieces (발주확인).
    pub accepted: bool,
    /// Whether all of the pieces were lost on their way, or came back to their sender.
    #[serde(default)]
    pub lost: bool,
}

/// Ask that goods go back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestReturn {
    /// What and why.
    pub request: Request,
}

/// Approve a cancel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approve {
    /// Merchant, operator, or the system when the merchant stays silent.
    pub by: Party,
    /// When.
    pub at: Timestamp,
}

/// Accept a return.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accept {
    /// Merchant, operator, or the system when the merchant stays silent.
    pub by: Party,
    /// When.
    pub at: Timestamp,
}

/// Have the goods picked up; with another shipment when the former pickup failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestPickup {
    /// The shipment of the way back.
    pub shipment: ShipmentId,
    /// When.
    pub at: Timestamp,
}

/// Note that the carrier has the goods of a pickup: they are on their way back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordPickupDispatch {
    /// The shipment of the way back.
    pub shipment: ShipmentId,
    /// When.
    pub at: Timestamp,
}

/// Note that the goods are with the merchant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Collect {
    /// When.
    pub at: Timestamp,
}

/// Note what the inspection found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Inspect {
    /// Pass with every line's condition, or fail.
    pub result: Inspection,
    /// When.
    pub at: Timestamp,
}

/// Start paying back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StartRefund {
    /// The refund's new id; another one after a failure.
    pub refund: RefundId,
    /// When.
    pub at: Timestamp,
}

/// Note that the money is back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordRefund {
    /// The refund that was started.
    pub refund: RefundId,
    /// When.
    pub at: Timestamp,
}

/// Note that paying back failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordRefundFailure {
    /// The refund that was started.
    pub refund: RefundId,
    /// When.
    pub at: Timestamp,
}

/// Refuse the claim; goods already collected go back to the shopper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reject {
    /// Why.
    pub refusal: Refusal,
    /// Merchant, operator or system.
    pub by: Party,
    /// When.
    pub at: Timestamp,
}

/// Take the claim back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdraw {
    /// The shopper, or an operator for them.
    pub by: Party,
    /// When.
    pub at: Timestamp,
}

/// Let a return wait.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hold {
    /// Why; fixes who must act.
    pub reason: HoldReason,
    /// By when they must; after `at`.
    pub due: Timestamp,
    /// When.
    pub at: Timestamp,
}

/// Let it go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resume {
    /// When.
    pub at: Timestamp,
}
