//! Where a statement stands, as a word: the domain's phases without the payouts inside them.

use serde::{Deserialize, Serialize};

/// Where a statement (정산서) stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StatementPhase {
    /// Items may be added.
    Open,
    /// The figures are final.
    Closed,
    /// The figures are agreed.
    Confirmed,
    /// The bank was asked for the payout.
    PayoutRequested,
    /// The bank didn't make the payout.
    PayoutFailed,
    /// The bank made the payout.
    Paid,
    /// Ended without a payout; the next statement takes the balance over.
    CarriedOver,
}

impl StatementPhase {
    /// The word in the table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Confirmed => "confirmed",
            Self::PayoutRequested => "payout_requested",
            Self::PayoutFailed => "payout_failed",
            Self::Paid => "paid",
            Self::CarriedOver => "carried_over",
        }
    }
}
