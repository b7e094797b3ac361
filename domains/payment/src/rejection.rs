//! Why a payment says no, in sentences that a person can act on. Never here: a gateway's own error.

use kernel::{Amount, RejectionKind, Timestamp};

use crate::policy;
use crate::state::Phase;
use crate::value::TenderNo;

/// Why a payment says no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// Nothing was ever requested under this id.
    #[error("there is no such payment")]
    NotRequested,
    /// The id is taken by another request.
    #[error("this payment was already requested with other contents; use a new payment id")]
    AlreadyRequested,
    /// More tenders than [`policy::MAX_TENDERS`].
    #[error("a payment has at most {max} tenders, {found} were given", max = policy::MAX_TENDERS)]
    TooManyTenders {
        /// How many were given.
        found: usize,
    },
    /// Two tenders share a number.
    #[error("tender {0:?} was given twice; number each tender differently")]
    TenderTwice(TenderNo),
    /// An amount below zero, zero where something is due, or above [`policy::MAX_AMOUNT`].
    #[error("the amount {0} is out of range")]
    AmountOutOfRange(Amount),
    /// The parts are not the whole.
    #[error("the tenders add up to {found}, the payment is {expected}")]
    TendersDiffer {
        /// The payment's amount.
        expected: Amount,
        /// The sum of its tenders.
        found: Amount,
    },
    /// No instalments, or more than [`policy::MAX_INSTALMENTS`].
    #[error("instalments are 1 to {max}, {found} were asked for", max = policy::MAX_INSTALMENTS)]
    InstalmentsOutOfRange {
        /// How many were asked for.
        found: u16,
    },
    /// The time to pay would be over before it began.
    #[error("the payment would expire at {0}, before it was requested")]
    ExpiresTooEarly(Timestamp),
    /// Empty, or longer than [`policy::MAX_KEY_CHARACTERS`].
    #[error("an idempotency key has 1 to {max} characters", max = policy::MAX_KEY_CHARACTERS)]
    KeyOutOfRange,
    /// A cash receipt for a payment that has no part in cash, or is not in won.
    #[error("a cash receipt is given for what is paid in cash and in won; ask for none")]
    ReceiptNotDue,
    /// An attempt is under way and its outcome isn't known.
    #[error("a capture is under way; ask the gateway for its outcome first")]
    CaptureInFlight,
    /// No attempt of this key was ever started.
    #[error("no capture was started with this key")]
    CaptureNotStarted,
    /// The money is there.
    #[error("the payment is already captured; refund it instead")]
    AlreadyCaptured,
    /// No money is there to give back.
    #[error("nothing is captured on this payment")]
    NotCaptured,
    /// The payment has ended without money.
    #[error("the payment has ended ({0}); make a new one")]
    Ended(Phase),
    /// The time to pay isn't over yet.
    #[error("the payment can expire from {0} on")]
    ExpiryNotDue(Timestamp),
    /// More than is left of the capture.
    #[error("at most {refundable} can be refunded, {asked} was asked for")]
    RefundTooLarge {
        /// What is left: captured, less refunded, less in flight.
        refundable: Amount,
        /// What was asked for.
        asked: Amount,
    },
    /// No refund of this id was ever started.
    #[error("no such refund was started")]
    RefundNotStarted,
    /// The id names another refund.
    #[error("this refund id names another refund; use a new one")]
    RefundIdTaken,
    /// The refund is recorded under another gateway reference.
    #[error("the refund is done under another gateway reference; check with the gateway for a second one")]
    AlreadyRefunded,
    /// The refund was recorded as failed.
    #[error("the refund was recorded as failed; check with the gateway before starting another")]
    RefundAlreadyFailed,
    /// More refunds than [`policy::MAX_REFUNDS`].
    #[error("a payment has at most {max} refunds", max = policy::MAX_REFUNDS)]
    TooManyRefunds,
    /// More stray captures than [`policy::MAX_STRAY_CAPTURES`].
    #[error("more than {max} stray captures came; check with the gateway", max = policy::MAX_STRAY_CAPTURES)]
    TooManyStrayCaptures,
}

impl kernel::Rejection for Rejection {
    fn code(&self) -> &'static str {
        match self {
            Self::NotRequested => "payment_not_found",
            Self::AlreadyRequested => "already_requested",
            Self::TooManyTenders { .. } => "too_many_tenders",
            Self::TenderTwice(_) => "tender_twice",
            Self::AmountOutOfRange(_) => "amount_out_of_range",
            Self::TendersDiffer { .. } => "tenders_differ",
            Self::InstalmentsOutOfRange { .. } => "instalments_out_of_range",
            Self::ExpiresTooEarly(_) => "expires_too_early",
            Self::KeyOutOfRange => "key_out_of_range",
            Self::ReceiptNotDue => "cash_receipt_not_due",
            Self::CaptureInFlight => "capture_in_flight",
            Self::CaptureNotStarted => "capture_not_started",
            Self::AlreadyCaptured => "already_captured",
            Self::NotCaptured => "not_captured",
            Self::Ended(_) => "payment_ended",
            Self::ExpiryNotDue(_) => "expiry_not_due",
            Self::RefundTooLarge { .. } => "refund_too_large",
            Self::RefundNotStarted => "refund_not_found",
            Self::RefundIdTaken => "refund_id_taken",
            Self::AlreadyRefunded => "already_refunded",
            Self::RefundAlreadyFailed => "refund_already_failed",
            Self::TooManyRefunds => "too_many_refunds",
            Self::TooManyStrayCaptures => "too_many_stray_captures",
        }
    }

    fn kind(&self) -> RejectionKind {
        match self {
            Self::NotRequested | Self::RefundNotStarted => RejectionKind::NotFound,
            Self::TooManyTenders { .. }
            | Self::TenderTwice(_)
            | Self::AmountOutOfRange(_)
            | Self::TendersDiffer { .. }
            | Self::InstalmentsOutOfRange { .. }
            | Self::ExpiresTooEarly(_)
            | Self::KeyOutOfRange
            | Self::ReceiptNotDue => RejectionKind::Invalid,
            Self::AlreadyRequested
            | Self::CaptureInFlight
            | Self::CaptureNotStarted
            | Self::AlreadyCaptured
            | Self::NotCaptured
            | Self::Ended(_)
            | Self::ExpiryNotDue(_)
            | Self::RefundTooLarge { .. }
            | Self::RefundIdTaken
            | Self::AlreadyRefunded
            | Self::RefundAlreadyFailed
            | Self::TooManyRefunds
            | Self::TooManyStrayCaptures => RejectionKind::Conflict,
        }
    }
}
