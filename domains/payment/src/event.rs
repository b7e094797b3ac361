//! What happened to a payment, as it stays in the log for ever. Never here: card data, account numbers.
//!
//! Each body begins with its [`Head`], written flat: payment, order, mall, currency. Amounts are minor units.

use kernel::id::{ClaimId, MemberId, RefundId};
use kernel::{Amount, Sealed, Timestamp};
use serde::{Deserialize, Serialize};

use crate::value::{
    DeclineReason, GatewayReference, Head, ReceiptAsk, ReceiptPurpose, RefundCause, RefundFailureReason,
    Tender, TenderAmount, VoidReason,
};

/// What happened to a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A shopper was asked for money.
    Requested(Requested),
    /// The intent to take the money.
    CaptureStarted(CaptureStarted),
    /// The shopper has to show that it is them.
    AuthenticationRequired(AuthenticationRequired),
    /// The gateway took nothing.
    CaptureDeclined(CaptureDeclined),
    /// The gateway promised the money.
    Authorized(Authorized),
    /// The money is ours.
    Captured(Captured),
    /// A cash receipt is due for what was paid in cash.
    CashReceiptIssued(CashReceiptIssued),
    /// Some or all of it is due no more: its money went back.
    CashReceiptCancelled(CashReceiptCancelled),
    /// Money came after the payment had ended; it goes back.
    CapturedLate(StrayCaptured),
    /// Money came a second time; it goes back.
    DuplicateCaptured(StrayCaptured),
    /// The intent to give money back.
    RefundStarted(RefundStarted),
    /// The money went back.
    Refunded(Refunded),
    /// The gateway gave nothing back.
    RefundFailed(RefundFailed),
    /// Too many attempts were declined.
    Failed(Failed),
    /// The money is no longer wanted.
    Voided(Voided),
    /// The time to pay is over.
    Expired(Expired),
}

kernel::domain_event! {
    Event {
        Requested => "requested" 1,
        CaptureStarted => "capture_started" 1,
        AuthenticationRequired => "authentication_required" 1,
        CaptureDeclined => "capture_declined" 1,
        Authorized => "authorized" 1,
        Captured => "captured" 1,
        CashReceiptIssued => "cash_receipt_issued" 1,
        CashReceiptCancelled => "cash_receipt_cancelled" 1,
        CapturedLate => "captured_late" 1,
        DuplicateCaptured => "duplicate_captured" 1,
        RefundStarted => "refund_started" 1,
        Refunded => "refunded" 1,
        RefundFailed => "refund_failed" 1,
        Failed => "failed" 1,
        Voided => "voided" 1,
        Expired => "expired" 1,
    }
}

/// A shopper was asked for money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requested {
    /// Which payment.
    #[serde(flatten)]
    pub head: Head,
    /// Who pays.
    pub member: MemberId,
    /// The whole amount.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// Its parts, adding up to it.
    pub tenders: Vec<Tender>,
    /// When the time to pay is over.
    pub expires_at: Timestamp,
    /// When it was asked.
    pub at: Timestamp,
}

/// The intent to take the money; the gateway is called after this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptureStarted {
    /// Which payment.
    #[serde(flatten)]
    pub head: Head,
    /// The idempotency key for the gateway.
    pub key: String,
    /// The attempt's number, from 1.
    pub attempt: u16,
    /// The whole amount.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// Its parts.
    pub tenders: Vec<Tender>,
    /// Whether the money comes only when the shopper deposits it.
    pub awaits_deposit: bool,
    /// The cash receipt that the shopper asks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<ReceiptAsk>,
    /// When.
    pub at: Timestamp,
}

/// The gateway takes the money once the shopper has shown that it is them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthenticationRequired {
    /// Which payment.
    #[serde(flatten)]
    pub head: Head,
    /// The key of the attempt.
    pub key: String,
    /// When.
    pub at: Timestamp,
}

/// The gateway took nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaptureDeclined {
    /// Which payment.
    #[serde(flatten)]
    pub head: Head,
    /// The key of the attempt.
    pub key: String,
    /// The attempt's number, from 1.
    pub attempt: u16,
    /// Why.
    pub reason: DeclineReason,
    /// When.
    pub at: Timestamp,
}

/// The gateway promised the money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Authorized {
    /// Which payment.
    #[serde(flatten)]
    pub head: Head,
    /// The key of the attempt.
    pub key: String,
    /// What the gateway calls it.
    pub gateway_reference: GatewayReference,
    /// The whole amount.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// When.
    pub at: Timestamp,
}

/// The money is ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Captured {
    /// Which payment.
    #[serde(flatten)]
    pub head: Head,
    /// Who paid.
    pub member: MemberId,
    /// What the gateway calls the capture; none when nothing was to be taken.
    pub gateway_reference: Option<GatewayReference>,
    /// The whole amount.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// How much by which tender.
    pub tenders: Vec<TenderAmount>,
    /// When the gateway took it.
    pub captured_at: Timestamp,
    /// When this was learned.
    pub at: Timestamp,
}

/// A cash receipt (현금영수증) is due for what was paid in cash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashReceiptIssued {
    /// Which payment.
    #[serde(flatten)]
    pub head: Head,
    /// Who paid.
    pub member: MemberId,
    /// What it is for.
    pub purpose: ReceiptPurpose,
    /// Whose it is, sealed for the member.
    pub receipt_identifier: Sealed,
    /// How much was paid in cash.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// When.
    pub at: Timestamp,
}

/// Some or all of a cash receipt is due no more, for its money went back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashReceiptCancelled {
    /// Which payment.
    #[serde(flatten)]
    pub head: Head,
    /// The refund that took it back.
    pub refund: RefundId,
    /// How much of it is cancelled now.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// How much of it stays; nothing where all of it is cancelled.
    #[serde(rename = "left_minor")]
    pub left: Amount,
    /// When.
    pub at: Timestamp,
}

/// Money that this payment must not keep: late, or a second time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StrayCaptured {
    /// Which payment.
    #[serde(flatten)]
    pub head: Head,
    /// The key of the attempt, as the gateway told it.
    pub key: String,
    /// What the gateway calls the capture.
    pub gateway_reference: GatewayReference,
    /// How much of it came.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// How much by which tender.
    pub tenders: Vec<TenderAmount>,
    /// When the gateway took it.
    pub captured_at: Timestamp,
    /// When this was learned.
    pub at: Timestamp,
}

/// The intent to give money back; the gateway is called after this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundStarted {
    /// Which payment.
    #[serde(flatten)]
    pub head: Head,
    /// Which refund.
    pub refund: RefundId,
    /// The claim that asked for it, if one did.
    pub claim: Option<ClaimId>,
    /// Why the money goes back.
    pub cause: RefundCause,
    /// The capture that the money goes back from.
    pub capture_reference: GatewayReference,
    /// The idempotency key for the gateway.
    pub key: String,
    /// How much.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// How much to which tender.
    pub tenders: Vec<TenderAmount>,
    /// When.
    pub at: Timestamp,
}

/// The money went back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refunded {
    /// Which payment.
    #[serde(flatten)]
    pub head: Head,
    /// Which refund.
    pub refund: RefundId,
    /// The claim that asked for it, if one did.
    pub claim: Option<ClaimId>,
    /// Why the money went back. Only `asked` is money that the order had paid with.
    pub cause: RefundCause,
    /// The capture that the money went back from.
    pub capture_reference: GatewayReference,
    /// What the gateway calls the refund.
    pub gateway_reference: GatewayReference,
    /// How much.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// How much to which tender.
    pub tenders: Vec<TenderAmount>,
    /// How much of that capture has gone back, this included.
    #[serde(rename = "total_refunded_minor")]
    pub total_refunded: Amount,
    /// Whether that is all of that capture.
    pub fully: bool,
    /// When.
    pub at: Timestamp,
}

/// The gateway gave nothing back; the amount can be refunded again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundFailed {
    /// Which payment.
    #[serde(flatten)]
    pub head: Head,
    /// Which refund.
    pub refund: RefundId,
    /// The claim that asked for it, if one did.
    pub claim: Option<ClaimId>,
    /// Why the money was to go back.
    pub cause: RefundCause,
    /// The capture that the money was to go back from.
    pub capture_reference: GatewayReference,
    /// Why it didn't.
    pub reason: RefundFailureReason,
    /// How much.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// When.
    pub at: Timestamp,
}

/// Too many attempts were declined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failed {
    /// Which payment.
    #[serde(flatten)]
    pub head: Head,
    /// How many attempts were made.
    pub attempts: u16,
    /// Why the last was declined.
    pub reason: DeclineReason,
    /// When.
    pub at: Timestamp,
}

/// The money is no longer wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voided {
    /// Which payment.
    #[serde(flatten)]
    pub head: Head,
    /// Why.
    pub reason: VoidReason,
    /// When.
    pub at: Timestamp,
}

/// The time to pay is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expired {
    /// Which payment.
    #[serde(flatten)]
    pub head: Head,
    /// When.
    pub at: Timestamp,
}
