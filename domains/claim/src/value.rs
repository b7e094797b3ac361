//! The words of a claim: what kind it is, who acts in it, which goods and fees it is about.
//!
//! A value here is only shape; which combination is allowed is [`crate::policy`]'s business.

mod goods;
mod reason;

use serde::{Deserialize, Serialize};

pub use goods::{
    ClaimLine, ClaimedLine, FreeOver, GroupFacts, InspectedLine, Inspection, RestockLine, Verdict,
};
pub use reason::{Fault, HoldReason, InspectionFailure, Reason, Refusal};

/// What is asked for. Open to grow: an exchange (교환) will be a new name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Goods that have not left yet shall not be sent (취소).
    Cancel,
    /// Goods that the shopper has come back (반품).
    Return,
}

impl Kind {
    /// The word for sentences and for the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cancel => "cancel",
            Self::Return => "return",
        }
    }
}

/// Who acts, by role; which person it was is in the commit's actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The shopper who ordered.
    Shopper,
    /// A merchant of the claimed lines.
    Merchant,
    /// Somebody in the back office.
    Operator,
    /// A saga or a time-out.
    System,
}

impl Party {
    /// The word for sentences and for the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Shopper => "shopper",
            Self::Merchant => "merchant",
            Self::Operator => "operator",
            Self::System => "system",
        }
    }
}
