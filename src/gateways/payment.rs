//! The payment gateway port.

use async_trait::async_trait;
use kernel::id::PaymentId;
use kernel::{Money, Timestamp};
use payment::value::GatewayReference;
use payment::{DeclineReason, RefundFailureReason, Tender};

use super::GatewayError;

/// Takes money and gives it back.
#[async_trait]
pub trait PaymentGateway: Send + Sync + 'static {
    /// Takes the money. The same key again gives the same answer and takes nothing more.
    async fn capture(&self, request: &CaptureRequest) -> Result<CaptureAnswer, GatewayError>;

    /// What became of a capture; `None` where the gateway never heard of the key.
    async fn find_capture(&self, key: &str) -> Result<Option<CaptureAnswer>, GatewayError>;

    /// Gives money back. The same key again gives the same answer and gives nothing more.
    async fn refund(&self, request: &RefundRequest) -> Result<RefundAnswer, GatewayError>;

    /// What became of a refund; `None` where the gateway never heard of the key.
    async fn find_refund(&self, key: &str) -> Result<Option<RefundAnswer>, GatewayError>;
}

/// A wish to take money.
#[derive(Debug, Clone)]
pub struct CaptureRequest {
    /// The idempotency key.
    pub key: String,
    /// The payment, as the webhook will name it.
    pub payment: PaymentId,
    /// How much: the sum of the tenders.
    pub amount: Money,
    /// Its parts. What the marketplace settles itself is not among them.
    pub tenders: Vec<Tender>,
    /// What the shopper pays with, as the gateway's client library names it: a token, never a card number.
    pub instrument: String,
    /// When.
    pub at: Timestamp,
}

/// What the gateway says to a capture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaptureAnswer {
    /// The money is taken.
    Captured {
        /// The gateway's name for it.
        reference: GatewayReference,
        /// When.
        captured_at: Timestamp,
    },
    /// Nothing was taken.
    Declined {
        /// Why.
        reason: DeclineReason,
    },
    /// The shopper has to deposit first; the webhook will tell.
    AwaitingDeposit {
        /// Where to, as the shopper reads it.
        account: String,
    },
}

/// A wish to give money back.
#[derive(Debug, Clone)]
pub struct RefundRequest {
    /// The idempotency key.
    pub key: String,
    /// The capture it comes from.
    pub capture: GatewayReference,
    /// How much.
    pub amount: Money,
    /// When.
    pub at: Timestamp,
}

/// What the gateway says to a refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundAnswer {
    /// The money went back.
    Refunded {
        /// The gateway's name for it.
        reference: GatewayReference,
    },
    /// Nothing went back.
    Refused {
        /// Why.
        reason: RefundFailureReason,
    },
}
