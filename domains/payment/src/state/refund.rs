//! One refund and what became of it. Never here: how much a capture has left.

use kernel::Amount;

use crate::event::RefundStarted;
use crate::policy;
use crate::value::{GatewayReference, RefundFailureReason};

/// One refund, as it was started, and its outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// How it was started.
    pub started: RefundStarted,
    /// What became of it.
    pub outcome: RefundOutcome,
}

impl Refund {
    /// What of it is the gateway's to give back.
    pub fn of_gateway(&self) -> Amount {
        policy::of_gateway(self.started.tenders.iter().map(|part| (part.method, part.amount)))
    }
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
