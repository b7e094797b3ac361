//! Why a delivery policy says no.

use kernel::RejectionKind;

use super::policy;

/// Why a delivery policy says no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// More than [`policy::MAX_DISPATCH_DAYS`].
    #[error("dispatch is promised within at most {max} days, {found} were given", max = policy::MAX_DISPATCH_DAYS)]
    DispatchDaysOutOfRange {
        /// How many were given.
        found: u16,
    },
    /// Free over nothing is free.
    #[error("a threshold of zero is always reached; use the free rule instead")]
    ThresholdIsZero,
    /// The policy is another merchant's.
    #[error("this is another merchant's policy")]
    OtherMerchant,
    /// The policy is another mall's.
    #[error("this is the policy for another mall")]
    OtherMall,
}

impl kernel::Rejection for Rejection {
    fn code(&self) -> &'static str {
        match self {
            Self::DispatchDaysOutOfRange { .. } => "dispatch_days_out_of_range",
            Self::ThresholdIsZero => "threshold_is_zero",
            Self::OtherMerchant => "other_merchant",
            Self::OtherMall => "other_mall",
        }
    }

    fn kind(&self) -> RejectionKind {
        match self {
            Self::DispatchDaysOutOfRange { .. } | Self::ThresholdIsZero => RejectionKind::Invalid,
            Self::OtherMerchant | Self::OtherMall => RejectionKind::Forbidden,
        }
    }
}
