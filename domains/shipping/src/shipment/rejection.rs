//! Why a shipment says no, in sentences that a person can act on.

use kernel::RejectionKind;

use super::policy;

/// Why a shipment says no.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// Nothing was ever requested under this id.
    #[error("there is no such shipment")]
    NotRequested,
    /// The id is taken by another request.
    #[error("this shipment was already requested with other contents; use a new shipment id")]
    AlreadyRequested,
    /// No lines, or more than [`policy::MAX_LINES`].
    #[error("a shipment has 1 to {max} lines, {found} were given", max = policy::MAX_LINES)]
    LinesOutOfRange {
        /// How many were given.
        found: usize,
    },
    /// An order line is in it twice.
    #[error("line {0} was given twice; give its whole quantity once")]
    LineTwice(u16),
    /// Called off.
    #[error("the shipment is cancelled; request a new one")]
    ShipmentCancelled,
    /// The parcel has left, or left under another number.
    #[error("the shipment is already dispatched")]
    AlreadyDispatched,
    /// A scan of what never left.
    #[error("the shipment isn't dispatched yet; register its tracking number first")]
    NotDispatched,
    /// More scans than [`policy::MAX_SCANS`].
    #[error("a shipment keeps at most {max} scans", max = policy::MAX_SCANS)]
    TooManyScans,
    /// More explanations than [`policy::MAX_EXPLANATIONS`].
    #[error("a late dispatch is explained at most {max} times", max = policy::MAX_EXPLANATIONS)]
    TooManyExplanations,
}

impl kernel::Rejection for Rejection {
    fn code(&self) -> &'static str {
        match self {
            Self::NotRequested => "shipment_not_found",
            Self::AlreadyRequested => "already_requested",
            Self::LinesOutOfRange { .. } => "lines_out_of_range",
            Self::LineTwice(_) => "line_twice",
            Self::ShipmentCancelled => "shipment_cancelled",
            Self::AlreadyDispatched => "already_dispatched",
            Self::NotDispatched => "not_dispatched",
            Self::TooManyScans => "too_many_scans",
            Self::TooManyExplanations => "too_many_explanations",
        }
    }

    fn kind(&self) -> RejectionKind {
        match self {
            Self::NotRequested => RejectionKind::NotFound,
            Self::LinesOutOfRange { .. } | Self::LineTwice(_) => RejectionKind::Invalid,
            Self::AlreadyRequested
            | Self::ShipmentCancelled
            | Self::AlreadyDispatched
            | Self::NotDispatched
            | Self::TooManyScans
            | Self::TooManyExplanations => RejectionKind::Conflict,
        }
    }
}
