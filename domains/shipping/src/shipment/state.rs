//! What a shipment's history adds up to, and how events fold into it. Never here: a decision.

mod fold;
mod read;

use std::collections::BTreeSet;

use kernel::{Text, Timestamp};

use super::event::Requested;
use super::rejection::Rejection;
use super::value::{DelayReason, ScanId, Status};

/// A shipment, as far as its history tells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum State {
    /// Never requested.
    #[default]
    Absent,
    /// Requested, and what became of it.
    Known(Box<Known>),
}

/// A shipment that was requested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub(crate) request: Requested,
    pub(crate) standing: Standing,
    pub(crate) explanation: Option<Explanation>,
    pub(crate) explanations: usize,
}

/// Where the shipment stands, with what only that stand has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    Requested,
    Accepted,
    Dispatched(Parcel),
    Cancelled,
}

/// A parcel under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// Who carries it.
    pub carrier: Text<40>,
    /// The carrier's number of it.
    pub tracking_number: Text<60>,
    /// Where it stands, from [`Status::Dispatched`] on.
    pub status: Status,
    /// The scans seen.
    pub(crate) scans: BTreeSet<ScanId>,
    /// When the last thing known of it happened.
    pub(crate) last_seen_at: Option<Timestamp>,
}

/// Why the dispatch is late, as the shopper reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Why.
    pub reason_code: DelayReason,
    /// In words.
    pub text: Text<500>,
}

impl State {
    /// The shipment, or that there is none.
    pub(crate) fn known(&self) -> Result<&Known, Rejection> {
        match self {
            Self::Absent => Err(Rejection::NotRequested),
            Self::Known(known) => Ok(known),
        }
    }
}
