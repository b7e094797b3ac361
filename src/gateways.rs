//! Ports to the outside world and their keepers: payment gateway, bank. Each call carries an idempotency key derived
//! from the log; a call whose outcome is not known is looked up before anything is repeated.

pub mod bank;
pub mod measured;
pub mod payment;
pub mod sandbox_bank;
mod sandbox_books;
pub mod sandbox_payment;
pub mod stripe;
pub mod webhook;

/// Why a call to the outside brought no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GatewayError {
    /// No answer in time: it may have been done or not. Look it up by its key.
    #[error("no answer in time; the outcome is not known")]
    Timeout,
    /// The other side can't be reached, or is out of order, and surely did nothing.
    #[error("not available: {0}")]
    Unavailable(String),
}
