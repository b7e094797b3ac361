//! The words a merchant is spoken of with. Never here: a rule about them.

use kernel::Text;

use crate::SecretHash;

/// Where a merchant stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Waits for an operator.
    Applied,
    /// Trades.
    Approved,
    /// Sells nothing for now; what is sold is still to be delivered.
    Suspended,
    /// Left for good.
    Closed,
    /// Was never taken on.
    Rejected,
}

/// An API key that is good.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// The hash of the key.
    pub secret_hash: SecretHash,
    /// What the merchant calls it.
    pub label: Text<80>,
}
