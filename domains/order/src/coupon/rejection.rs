//! How a coupon says no: one variant per rule, each a sentence that a person can act on.

use kernel::{RejectionKind, Timestamp};

/// A refusal by a rule of the coupon.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each sentence documents its variant and names its fields")]
pub enum Rejection {
    #[error("there is no such coupon")]
    NotFound,
    #[error("this coupon was already issued")]
    AlreadyIssued,
    #[error("a coupon must end after it becomes valid")]
    BadValidity,
    #[error("the coupon is valid from {from}")]
    NotYetValid { from: Timestamp },
    #[error("the coupon was over at {until}")]
    Over { until: Timestamp },
    #[error("the coupon is held or used by another order")]
    Taken,
    #[error("the coupon was taken back")]
    Revoked,
    #[error("the coupon is held by an order that waits for payment")]
    Held,
    #[error("the coupon was used already")]
    Used,
    #[error("the order doesn't hold this coupon")]
    NotHeld,
    #[error("the order hasn't used this coupon")]
    NotUsed,
    #[error("by its terms this coupon is not given back when its order is cancelled")]
    NotGivenBack,
}

impl kernel::Rejection for Rejection {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "coupon_not_found",
            Self::AlreadyIssued => "coupon_already_issued",
            Self::BadValidity => "coupon_bad_validity",
            Self::NotYetValid { .. } => "coupon_not_yet_valid",
            Self::Over { .. } => "coupon_over",
            Self::Taken => "coupon_taken",
            Self::Revoked => "coupon_revoked",
            Self::Held => "coupon_held",
            Self::Used => "coupon_used",
            Self::NotHeld => "coupon_not_held",
            Self::NotUsed => "coupon_not_used",
            Self::NotGivenBack => "coupon_not_given_back",
        }
    }

    fn kind(&self) -> RejectionKind {
        match self {
            Self::NotFound => RejectionKind::NotFound,
            Self::BadValidity => RejectionKind::Invalid,
            Self::AlreadyIssued
            | Self::NotYetValid { .. }
            | Self::Over { .. }
            | Self::Taken
            | Self::Revoked
            | Self::Held
            | Self::Used
            | Self::NotHeld
            | Self::NotUsed
            | Self::NotGivenBack => RejectionKind::Conflict,
        }
    }
}
