//! Where a claim is: absent, or a case with its phase. Only what decisions and application services ask for.
//!
//! Never here: a rule. [`Case`] is written by the fold in `evolve` alone.

mod case;
mod evolve;

use std::collections::BTreeSet;

use kernel::MallId;
use kernel::id::{MemberId, MerchantId, OrderId, RefundId, ShipmentId};

pub use case::{Case, HoldNote};
pub(crate) use evolve::evolve;

use crate::refund::RefundQuote;
use crate::value::{ClaimLine, Kind, Verdict};

/// The folded history of one claim.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum State {
    /// Nothing was requested.
    #[default]
    Absent,
    /// Something was.
    Known(Case),
}

/// How far a claim has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Waits for the merchant's word.
    Requested,
    /// Cancel: the goods won't be sent.
    Approved,
    /// Return: the goods may come.
    Accepted,
    /// Return: the goods are to be picked up.
    PickupRequested {
        /// The shipment asked for last.
        shipment: ShipmentId,
    },
    /// Return: the merchant has the goods.
    Collected {
        /// The shipment asked for last.
        shipment: ShipmentId,
    },
    /// Return: the merchant has looked at the goods.
    Inspected(Verdict),
    /// The money is on its way.
    Refunding {
        /// The refund under way.
        refund: RefundId,
    },
    /// The money is back, or nothing was due. The end.
    Completed {
        /// The refund, if anything was due.
        refund: Option<RefundId>,
    },
    /// Refused. The end.
    Rejected,
    /// Taken back. The end.
    Withdrawn,
}

impl Phase {
    /// The word for sentences and for read models.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Approved => "approved",
            Self::Accepted => "accepted",
            Self::PickupRequested { .. } => "pickup_requested",
            Self::Collected { .. } => "collected",
            Self::Inspected(Verdict::Pass) => "inspected_pass",
            Self::Inspected(Verdict::Fail) => "inspected_fail",
            Self::Refunding { .. } => "refunding",
            Self::Completed { .. } => "completed",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Whether nothing more can happen.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Completed { .. } | Self::Rejected | Self::Withdrawn)
    }
}

impl State {
    /// The case, if anything was requested.
    pub const fn case(&self) -> Option<&Case> {
        match self {
            Self::Absent => None,
            Self::Known(case) => Some(case),
        }
    }

    /// How far it has come.
    pub fn phase(&self) -> Option<Phase> {
        self.case().map(Case::phase)
    }

    /// Cancel or return.
    pub fn kind(&self) -> Option<Kind> {
        self.case().map(Case::kind)
    }

    /// The order it is about.
    pub fn order(&self) -> Option<OrderId> {
        self.case().map(|case| case.subject().order)
    }

    /// The order's mall.
    pub fn mall(&self) -> Option<&MallId> {
        self.case().map(|case| &case.subject().mall)
    }

    /// The shopper.
    pub fn member(&self) -> Option<MemberId> {
        self.case().map(|case| case.subject().member)
    }

    /// The merchants of the claimed lines.
    pub fn merchants(&self) -> BTreeSet<MerchantId> {
        self.lines().iter().map(|line| line.merchant).collect()
    }

    /// The claimed lines with the order's facts; none while absent.
    pub fn lines(&self) -> &[ClaimLine] {
        self.case().map_or(&[], Case::lines)
    }

    /// What goes back: an estimate until the refund starts.
    pub fn quote(&self) -> Option<&RefundQuote> {
        self.case().map(Case::quote)
    }

    /// Why it waits, who must act and by when.
    pub fn hold(&self) -> Option<HoldNote> {
        self.case().and_then(Case::hold)
    }
}
