//! An order as its history says: its phase, the placement as it was, and where every piece is now.
//!
//! Cheap to clone: the placement, which never changes, is shared. Never here: decisions.

mod claim;
mod evolve;
mod gift;
mod line;
mod remaining;
mod shipment;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use kernel::id::{ClaimId, MemberId, OrderId, PaymentId, ShipmentId};
use kernel::{Amount, Currency, MallId, Sealed, Timestamp};

use crate::event::{Placed, PlacedGroup, PlacedLine};
use crate::policy;
use crate::value::{ClaimKind, ClaimablePieces, GroupNo, LineNo};

pub use claim::{Claim, ClaimStatus};
pub(crate) use evolve::evolve;
pub use gift::{AcceptedGift, Gift};
pub use line::{Buckets, Line};
pub use remaining::Remaining;
pub use shipment::{Shipment, Stage};

/// Where the order as a whole stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Phase {
    /// Never placed.
    #[default]
    Absent,
    /// Placed, not paid.
    PendingPayment,
    /// Paid; some piece is not final.
    Paid,
    /// Every piece is final.
    Closed,
    /// Not paid in time.
    Expired,
    /// Stopped before it was paid, or every piece cancelled after.
    Cancelled,
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Absent => "absent",
            Self::PendingPayment => "pending_payment",
            Self::Paid => "paid",
            Self::Closed => "closed",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
        })
    }
}

/// A hold of the automatic confirmation (구매확정보류).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hold {
    /// Until when (exclusive); `None` is until released.
    pub until: Option<Timestamp>,
}

/// The pieces of each line that were confirmed at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Confirmation {
    pub(crate) pieces: BTreeMap<LineNo, u32>,
    pub(crate) at: Timestamp,
}

/// The folded history of one order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    phase: Phase,
    placed: Option<Arc<Placed>>,
    paid_at: Option<Timestamp>,
    gift: Option<Gift>,
    lines: BTreeMap<LineNo, Line>,
    shipments: BTreeMap<ShipmentId, Shipment>,
    claims: BTreeMap<ClaimId, Claim>,
    hold: Option<Hold>,
    confirmation: Option<Confirmation>,
}

impl State {
    /// Where the order stands.
    pub const fn phase(&self) -> Phase {
        self.phase
    }

    /// The placement as it was; `None` while absent.
    pub fn placed(&self) -> Option<&Placed> {
        self.placed.as_deref()
    }

    /// The order's id.
    pub fn order(&self) -> Option<OrderId> {
        self.placed().map(|placed| placed.order)
    }

    /// Who bought.
    pub fn member(&self) -> Option<MemberId> {
        self.placed().map(|placed| placed.member)
    }

    /// Where it was placed.
    pub fn mall(&self) -> Option<&MallId> {
        self.placed().map(|placed| &placed.mall)
    }

    /// The currency of all its amounts.
    pub fn currency(&self) -> Option<Currency> {
        self.placed().map(|placed| placed.currency)
    }

    /// The payment that pays for it.
    pub fn payment(&self) -> Option<PaymentId> {
        self.placed().map(|placed| placed.payment)
    }

    /// What is to be paid for it, or was.
    pub fn total(&self) -> Option<Amount> {
        self.placed().map(|placed| placed.total)
    }

    /// When it was placed.
    pub fn placed_at(&self) -> Option<Timestamp> {
        self.placed().map(|placed| placed.at)
    }

    /// Until when it must be paid.
    pub fn payment_due(&self) -> Option<Timestamp> {
        self.placed().map(|placed| placed.payment_due)
    }

    /// When it was paid.
    pub const fn paid_at(&self) -> Option<Timestamp> {
        self.paid_at
    }

    /// Where the gift stands that it is, if it is one.
    pub const fn gift(&self) -> Option<&Gift> {
        self.gift.as_ref()
    }

    /// Who receives it, sealed; nobody yet while it is a gift that was not accepted.
    pub fn recipient(&self) -> Option<&Sealed> {
        match &self.gift {
            None => self.placed()?.recipient.as_ref(),
            Some(Gift::Accepted(accepted)) => Some(&accepted.recipient),
            Some(Gift::Unpaid | Gift::Waiting { .. } | Gift::Ended(_)) => None,
        }
    }

    /// The word to the carrier, sealed: the recipient's own where they left one.
    pub fn memo(&self) -> Option<&Sealed> {
        let accepted = match &self.gift {
            Some(Gift::Accepted(accepted)) => accepted.memo.as_ref(),
            Some(Gift::Unpaid | Gift::Waiting { .. } | Gift::Ended(_)) | None => None,
        };
        accepted.or_else(|| self.placed()?.memo.as_ref())
    }

    /// A line: as placed, and where its pieces are.
    pub fn line(&self, line: LineNo) -> Option<(&PlacedLine, &Line)> {
        self.lines().find(|(placed, _)| placed.line == line)
    }

    /// All lines in the order of placement.
    pub fn lines(&self) -> impl Iterator<Item = (&PlacedLine, &Line)> {
        let placed = self.placed().map(|placed| placed.lines.as_slice()).unwrap_or_default();
        placed.iter().filter_map(|line| self.lines.get(&line.line).map(|pieces| (line, pieces)))
    }

    /// The delivery groups (배송 묶음).
    pub fn groups(&self) -> &[PlacedGroup] {
        self.placed().map(|placed| placed.groups.as_slice()).unwrap_or_default()
    }

    /// One delivery group.
    pub fn group(&self, group: GroupNo) -> Option<&PlacedGroup> {
        self.groups().iter().find(|placed| placed.group == group)
    }

    /// What of a group stays with the shopper for all that is known: all but cancels and returns whose money is back or
    /// on its way. What an open claim holds may still stay.
    pub fn remaining(&self, group: GroupNo) -> Remaining {
        self.remaining_without(group, |_, claim| claim.is_sure())
    }

    /// The same if this claim, too, takes its pieces.
    pub fn remaining_after(&self, group: GroupNo, claim: ClaimId) -> Remaining {
        self.remaining_without(group, |id, other| id == claim || other.is_sure())
    }

    fn remaining_without(&self, group: GroupNo, is_gone: impl Fn(ClaimId, &Claim) -> bool) -> Remaining {
        let gone: Vec<_> = self.claims.iter().filter(|(id, claim)| is_gone(**id, claim)).collect();
        let lines = self.lines().filter(|(placed, _)| placed.group == group);
        lines.fold(Remaining::default(), |sum, (line, _)| {
            let taken = gone.iter().flat_map(|(_, claim)| claim.taken_back(line.line));
            taken.fold(sum + Remaining::whole(line), |sum, run| sum - Remaining::of(line, run))
        })
    }

    /// What is owed of a group's delivery fee, since refunds that it was to be deducted from couldn't cover it.
    pub fn delivery_owed(&self, group: GroupNo) -> Amount {
        self.claims.values().map(|claim| claim.delivery_owed(group)).sum()
    }

    /// What the shopper has paid for a group's delivery by now: at the order and in refunds, less what went back.
    pub fn delivery_paid(&self, group: GroupNo) -> Amount {
        let placed = self.group(group).map(|placed| placed.fee.amount()).unwrap_or_default();
        self.claims.values().fold(placed, |paid, claim| paid + claim.delivery_paid(group))
    }

    /// How many unconfirmed pieces of a line a claim of this kind could take now.
    pub fn claimable(&self, kind: ClaimKind, line: LineNo) -> u32 {
        match (self.phase, self.lines.get(&line)) {
            (Phase::Paid, Some(pieces)) => {
                policy::claimable(kind, ClaimablePieces::Unconfirmed, pieces).pieces()
            }
            (_, Some(_) | None) => 0,
        }
    }

    /// The shipments seen, and how far each is.
    pub const fn shipments(&self) -> &BTreeMap<ShipmentId, Shipment> {
        &self.shipments
    }

    /// The claims seen, open and over.
    pub const fn claims(&self) -> &BTreeMap<ClaimId, Claim> {
        &self.claims
    }

    /// The hold of the automatic confirmation, if any; it may have run out.
    pub const fn hold(&self) -> Option<Hold> {
        self.hold
    }

    /// What was confirmed last.
    pub(crate) const fn confirmation(&self) -> Option<&Confirmation> {
        self.confirmation.as_ref()
    }

    /// Whether every piece is final.
    pub(crate) fn is_final(&self) -> bool {
        self.lines.values().all(|line| line.buckets().is_final())
    }

    /// Whether every piece was cancelled.
    pub(crate) fn is_all_cancelled(&self) -> bool {
        self.lines.values().all(|line| line.buckets().cancelled == line.buckets().total())
    }
}
