//! What a payment's history adds up to, and how events fold into it. Never here: a decision.

pub mod capture;
pub mod receipt;
pub mod refund;

mod fold;
mod read;

use std::collections::BTreeMap;

use kernel::id::RefundId;

pub use capture::Capture;
pub use receipt::Receipt;
pub use refund::{Refund, RefundOutcome};

use crate::event::Requested;
use crate::rejection::Rejection;
use crate::value::{DeclineReason, GatewayReference, ReceiptAsk};

/// A payment, as far as its history tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum State {
    /// Never requested.
    #[default]
    Absent,
    /// Requested, and what became of it.
    Known(Box<Known>),
}

/// A payment that was requested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub(crate) request: Requested,
    pub(crate) standing: Standing,
    pub(crate) attempts: BTreeMap<String, Attempt>,
    pub(crate) strays: BTreeMap<GatewayReference, Capture>,
    pub(crate) refunds: BTreeMap<RefundId, Refund>,
    /// The cash receipts that were asked for, by the attempt's key.
    pub(crate) asked_receipts: BTreeMap<String, ReceiptAsk>,
    pub(crate) receipt: Option<Receipt>,
}

/// Where the payment stands, with what only that stand has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    Requested,
    Capturing { key: String },
    AwaitingAuthentication { key: String },
    Authorized { key: String },
    Captured(Capture),
    Failed,
    Voided,
    Expired,
}

/// One attempt to take the money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Attempt {
    pub(crate) number: u16,
    /// Why the gateway took nothing, if it said so.
    pub(crate) declined: Option<DeclineReason>,
}

/// Where a payment stands, as its readers see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Never requested.
    Absent,
    /// Waiting for a capture to be started.
    Requested,
    /// A capture is under way at the gateway.
    Capturing,
    /// The shopper has yet to deposit the money (가상계좌, boleto).
    AwaitingDeposit,
    /// The shopper has yet to show that it is them (3-D Secure).
    AwaitingAuthentication,
    /// Promised by the gateway.
    Authorized,
    /// The money is ours.
    Captured,
    /// Some of it went back.
    PartiallyRefunded,
    /// All of it went back.
    Refunded,
    /// Too many attempts were declined.
    Failed,
    /// No longer wanted.
    Voided,
    /// The time to pay is over.
    Expired,
}

impl std::fmt::Display for Phase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Absent => "absent",
            Self::Requested => "requested",
            Self::Capturing => "capturing",
            Self::AwaitingDeposit => "awaiting deposit",
            Self::AwaitingAuthentication => "awaiting authentication",
            Self::Authorized => "authorized",
            Self::Captured => "captured",
            Self::PartiallyRefunded => "partially refunded",
            Self::Refunded => "refunded",
            Self::Failed => "failed",
            Self::Voided => "voided",
            Self::Expired => "expired",
        })
    }
}

impl State {
    /// The payment, or that there is none.
    pub(crate) fn known(&self) -> Result<&Known, Rejection> {
        match self {
            Self::Absent => Err(Rejection::NotRequested),
            Self::Known(known) => Ok(known),
        }
    }
}
