//! One refund and what became of it. Never here: how much a capture has left.

use crate::event::RefundStarted;
use crate::value::{GatewayReference, RefundFailureReason};

/// One refund, as it was started, and its outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// How it was started.
    pub started: RefundStarted,
    /// What became of it.
    pub outcome: RefundOutcome,
}

/// What became of a refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundOutcome {
    /// Not known yet.
    InFlight,
    /// The money went back.
    Done {
        /// What the gateway calls the refund.
        gateway_reference: GatewayReference,
    },
    /// Nothing went back.
    Failed {
        /// Why.
        reason: RefundFailureReason,
    },
}
