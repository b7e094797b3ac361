//! What can be asked of a payment. Never here: a decision; time and ids come from the edge.

use kernel::id::{ClaimId, MemberId, OrderId, PaymentId, RefundId};
use kernel::{Amount, Currency, MallId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::value::{DeclineReason, GatewayReference, ReceiptAsk, RefundFailureReason, Tender, VoidReason};

/// What can be asked of a payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// Ask a shopper for money.
    Request(Request),
    /// Write down the intent to take the money, before the gateway is called.
    StartCapture(StartCapture),
    /// The gateway takes the money once the shopper has shown that it is them.
    RequireAuthentication(RequireAuthentication),
    /// The gateway took the money.
    RecordCapture(RecordCapture),
    /// The gateway took nothing.
    RecordDecline(RecordDecline),
    /// The time to pay is over.
    Expire(Expire),
    /// The money is no longer wanted.
    Void(Void),
    /// Write down the intent to give money back, before the gateway is called.
    StartRefund(StartRefund),
    /// The gateway gave the money back.
    RecordRefund(RecordRefund),
    /// The gateway gave nothing back.
    RecordRefundFailure(RecordRefundFailure),
}

/// Ask a shopper for money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// The new payment.
    pub payment: PaymentId,
    /// The order it pays.
    pub order: OrderId,
    /// The mall of the order.
    pub mall: MallId,
    /// The currency of every amount.
    pub currency: Currency,
    /// Who pays.
    pub member: MemberId,
    /// The whole amount; zero is captured at once.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// Its parts, adding up to it; at most [`crate::policy::MAX_TENDERS`].
    pub tenders: Vec<Tender>,
    /// When the time to pay is over; after `at`.
    pub expires_at: Timestamp,
    /// When it was asked.
    pub at: Timestamp,
}

/// Write down the intent to take the money, before the gateway is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StartCapture {
    /// The idempotency key for the gateway, derived from the log by the caller.
    pub key: String,
    /// The cash receipt that the shopper asks for, of what they pay in cash.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<ReceiptAsk>,
    /// When.
    pub at: Timestamp,
}

/// The gateway takes the money once the shopper has shown that it is them. How they are sent there stays outside the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequireAuthentication {
    /// The key the capture was started with.
    pub key: String,
    /// When.
    pub at: Timestamp,
}

/// The gateway took the money: all tenders, under one reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordCapture {
    /// The key the capture was started with.
    pub key: String,
    /// What the gateway calls this capture.
    pub gateway_reference: GatewayReference,
    /// Names the refund, should this money have to go back: it came late, or a second time. Made at the edge,
    /// the same for the same reference.
    pub refund: RefundId,
    /// When the gateway took it.
    pub captured_at: Timestamp,
    /// When this was learned.
    pub at: Timestamp,
}

/// The gateway took nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordDecline {
    /// The key the capture was started with.
    pub key: String,
    /// Why.
    pub reason: DeclineReason,
    /// When.
    pub at: Timestamp,
}

/// The time to pay is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expire {
    /// When; not before the payment's `expires_at`.
    pub at: Timestamp,
}

/// The money is no longer wanted; whatever still comes goes back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Void {
    /// Why.
    pub reason: VoidReason,
    /// When.
    pub at: Timestamp,
}

/// Write down the intent to give money back, before the gateway is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StartRefund {
    /// The new refund.
    pub refund: RefundId,
    /// How much, above zero; spread over the tenders by [`crate::policy::refund_rank`].
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// The claim that asked for it, if one did.
    pub reason_claim: Option<ClaimId>,
    /// None: from the payment's own capture. A reference: from that stray capture, whose own refund failed.
    #[serde(default)]
    pub stray: Option<GatewayReference>,
    /// The idempotency key for the gateway, derived from the log by the caller.
    pub key: String,
    /// When.
    pub at: Timestamp,
}

/// The gateway gave the money back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordRefund {
    /// The refund.
    pub refund: RefundId,
    /// What the gateway calls this refund.
    pub gateway_reference: GatewayReference,
    /// When.
    pub at: Timestamp,
}

/// The gateway gave nothing back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordRefundFailure {
    /// The refund.
    pub refund: RefundId,
    /// Why.
    pub reason: RefundFailureReason,
    /// When.
    pub at: Timestamp,
}
