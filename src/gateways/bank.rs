//! The bank port.

use async_trait::async_trait;
use kernel::{Money, Timestamp};
use settlement::value::{BankReference, PayoutFailure};

use super::GatewayError;

/// Pays merchants.
#[async_trait]
pub trait Bank: Send + Sync + 'static {
    /// Pays. The same key again gives the same answer and pays nothing more.
    async fn pay(&self, request: &PayRequest) -> Result<PayAnswer, GatewayError>;

    /// What became of a payout; `None` where the bank never heard of the key.
    async fn find(&self, key: &str) -> Result<Option<PayAnswer>, GatewayError>;
}

/// A wish to pay a merchant.
#[derive(Debug, Clone)]
pub struct PayRequest {
    /// The idempotency key.
    pub key: String,
    /// How much.
    pub amount: Money,
    /// The account as the merchant gave it.
    pub account: String,
    /// When.
    pub at: Timestamp,
}

/// What the bank says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PayAnswer {
    /// Paid.
    Paid {
        /// The bank's name for it.
        reference: BankReference,
    },
    /// Not paid.
    Refused {
        /// Why.
        reason: PayoutFailure,
    },
}
