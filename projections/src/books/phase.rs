//! Where a statement stands, as a word: the domain's phases without the payouts inside them. And where a cash receipt does.

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

/// Where a cash receipt (현금영수증) stands after it was given or taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptState {
    /// It was given.
    Issued,
    /// Some of it was taken back.
    Changed,
    /// The last of it was taken back.
    TakenBack,
}

impl ReceiptState {
    /// The word in the table.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Issued => "issued",
            Self::Changed => "changed",
            Self::TakenBack => "taken_back",
        }
    }
}
