//! A claim as the order remembers it: its pieces, and whether it is over.

use std::collections::BTreeMap;

use kernel::Amount;

use crate::command::OpenClaim;
use crate::event::ClaimedLine;
use crate::pieces::Run;
use crate::value::{ClaimFee, ClaimKind, ClaimOutcome, ClaimablePieces, GroupNo, LineNo};

/// How far a claim is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimStatus {
    /// It holds its pieces.
    Open,
    /// It holds its pieces, and won't give them back: its money is on its way.
    Refunding,
    /// It came to nothing; its pieces were given back.
    Closed(ClaimOutcome),
    /// Its pieces are final.
    Completed,
}

/// A claim on pieces of this order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// What it asks for.
    pub kind: ClaimKind,
    /// The pieces that it took when it opened.
    pub lines: Vec<ClaimedLine>,
    /// How far it is.
    pub status: ClaimStatus,
    /// The delivery fees that its refund moved.
    pub fees: Vec<ClaimFee>,
}

impl Claim {
    /// Whether it was opened for exactly this.
    pub(crate) fn is_for(&self, open: &OpenClaim) -> bool {
        let mut pieces: BTreeMap<LineNo, u32> = BTreeMap::new();
        for line in &self.lines {
            *pieces.entry(line.line).or_default() += line.quantity.get();
        }
        let asked = open.lines.iter().map(|asked| (asked.line, asked.quantity.get()));
        let alike = self.kind == open.kind && self.pieces() == open.pieces;
        alike && asked.collect::<BTreeMap<_, _>>() == pieces
    }

    /// Which side of the confirmation its pieces are from; all of a claim's are from one.
    pub fn pieces(&self) -> ClaimablePieces {
        if self.lines.iter().any(ClaimedLine::was_confirmed) {
            ClaimablePieces::Confirmed
        } else {
            ClaimablePieces::Unconfirmed
        }
    }

    /// Whether its pieces are gone for good: it can't come to nothing any more.
    pub const fn is_sure(&self) -> bool {
        matches!(self.status, ClaimStatus::Refunding | ClaimStatus::Completed)
    }

    /// The runs of a line that it takes from the shopper. An exchange gives others for them.
    pub(crate) fn taken_back(&self, line: LineNo) -> impl Iterator<Item = Run> {
        let goes_back = matches!(self.kind, ClaimKind::Cancel | ClaimKind::Return);
        let lines = self.lines.iter().filter(move |claimed| goes_back && claimed.line == line);
        lines.map(ClaimedLine::run)
    }

    /// What it adds to what is owed of a group's delivery.
    pub(crate) fn delivery_owed(&self, group: GroupNo) -> Amount {
        self.fees.iter().filter(|fee| fee.group == group).map(|fee| fee.owed).sum()
    }

    /// What it adds to what is paid for a group's delivery.
    pub(crate) fn delivery_paid(&self, group: GroupNo) -> Amount {
        let fees = self.fees.iter().filter(|fee| fee.group == group);
        fees.map(|fee| fee.deducted - fee.given_back).sum()
    }
}
