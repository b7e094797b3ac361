//! One claim that was requested: the request as it was, and what came of it since.

use std::collections::BTreeSet;
use std::sync::Arc;

use kernel::Timestamp;
use kernel::id::{RefundId, ShipmentId};

use super::Phase;
use crate::event::{Requested, Subject};
use crate::refund::RefundQuote;
use crate::value::{ClaimLine, ClaimedLine, HoldReason, Inspection, Kind, Party};

/// A claim that was requested. The request is shared between clones; the rest is small.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    pub(super) request: Arc<Requested>,
    pub(super) phase: Phase,
    pub(super) hold: Option<HoldNote>,
    pub(super) inspection: Option<Arc<Inspection>>,
    pub(super) pickups: BTreeSet<ShipmentId>,
    pub(super) on_its_way: bool,
    pub(super) failed_refunds: BTreeSet<RefundId>,
}

/// Why a claim waits, who must act and by when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HoldNote {
    /// Why.
    pub reason: HoldReason,
    /// Who must act.
    pub duty: Party,
    /// By when.
    pub due: Timestamp,
}

impl Case {
    /// A case as it is when just requested.
    pub(super) fn open(request: &Requested) -> Self {
        Self {
            request: Arc::new(request.clone()),
            phase: Phase::Requested,
            hold: None,
            inspection: None,
            pickups: BTreeSet::new(),
            on_its_way: false,
            failed_refunds: BTreeSet::new(),
        }
    }

    /// The request, with its quote.
    pub fn request(&self) -> &Requested {
        &self.request
    }

    /// What every event repeats.
    pub fn subject(&self) -> &Subject {
        &self.request.subject
    }

    /// Cancel or return.
    pub fn kind(&self) -> Kind {
        self.request.subject.kind
    }

    /// How far it has come; a hold doesn't change it.
    pub const fn phase(&self) -> Phase {
        self.phase
    }

    /// The claimed lines with the order's facts.
    pub fn lines(&self) -> &[ClaimLine] {
        &self.request.lines
    }

    /// The claimed lines as events name them.
    pub fn claimed(&self) -> Vec<ClaimedLine> {
        self.request.claimed()
    }

    /// What goes back.
    pub fn quote(&self) -> &RefundQuote {
        &self.request.quote
    }

    /// Why it waits, if it does.
    pub const fn hold(&self) -> Option<HoldNote> {
        self.hold
    }

    /// What the inspection found, if there was one.
    pub fn inspection(&self) -> Option<&Inspection> {
        self.inspection.as_deref()
    }

    /// Every pickup asked for.
    pub const fn pickups(&self) -> &BTreeSet<ShipmentId> {
        &self.pickups
    }

    /// Whether the carrier has the goods of the pickup asked for last.
    pub const fn is_on_its_way(&self) -> bool {
        self.on_its_way
    }

    /// Every refund that failed.
    pub const fn failed_refunds(&self) -> &BTreeSet<RefundId> {
        &self.failed_refunds
    }
}

impl Requested {
    /// The claimed lines as the other events name them: each with its share of what was paid.
    pub fn claimed(&self) -> Vec<ClaimedLine> {
        self.lines.iter().zip(&self.quote.lines).map(|(line, quoted)| line.claimed(quoted.amount)).collect()
    }
}

impl ClaimLine {
    fn claimed(&self, amount: kernel::Amount) -> ClaimedLine {
        ClaimedLine {
            line: self.line,
            group: self.group,
            sku: self.sku,
            merchant: self.merchant,
            quantity: self.quantity,
            first_piece: self.first_piece,
            amount,
        }
    }
}
