//! The payment gateway port.

use async_trait::async_trait;
use kernel::id::{PaymentId, RefundId};
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

    /// Gives a capture up that waits for the shopper, or of which nothing was heard: what isn't taken by now never will be.
    /// Says what became of it; `None` where nothing was taken.
    async fn abandon_capture(&self, key: &str) -> Result<Option<CaptureAnswer>, GatewayError>;

    /// Gives money back. The same key again gives the same answer and gives nothing more.
    async fn refund(&self, request: &RefundRequest) -> Result<RefundAnswer, GatewayError>;

    /// What became of a refund; `None` where the gateway never heard of it.
    async fn find_refund(&self, request: &RefundRequest) -> Result<Option<RefundAnswer>, GatewayError>;
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
    /// Where a page of the gateway or the issuer sends the shopper back to, should they be sent to one.
    pub return_url: Option<String>,
    /// When.
    pub at: Timestamp,
}

impl CaptureRequest {
    /// The idempotency key of a further call that belongs to this request.
    pub fn key_of(&self, call: &str) -> String {
        format!("{}-{call}", self.key)
    }
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
    /// The shopper has to show that it is them first (3-D Secure); the webhook will tell, and so will a look-up.
    AuthenticationRequired {
        /// How.
        by: Authentication,
    },
}

/// How a shopper shows that it is them. It is for their eyes alone, and neither kept nor told to anybody else.
#[derive(Clone, PartialEq, Eq)]
pub enum Authentication {
    /// On a page of the gateway or the issuer.
    Page {
        /// Its address.
        url: String,
    },
    /// On the shop's own page, by the gateway's client library.
    Library {
        /// What the library asks with.
        secret: String,
    },
}

impl std::fmt::Debug for Authentication {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Page { .. } => "Page(…)",
            Self::Library { .. } => "Library(…)",
        })
    }
}

/// A wish to give money back.
#[derive(Debug, Clone)]
pub struct RefundRequest {
    /// The idempotency key.
    pub key: String,
    /// The payment, as the webhook will name it.
    pub payment: PaymentId,
    /// The refund, likewise.
    pub refund: RefundId,
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
