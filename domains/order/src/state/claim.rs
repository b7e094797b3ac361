//! A claim as the order remembers it: its pieces, and whether it is over.

use std::collections::BTreeMap;

use crate::command::OpenClaim;
use crate::event::ClaimedLine;
use crate::pieces::Run;
use crate::value::{ClaimKind, ClaimOutcome, ClaimablePieces, LineNo};

/// How far a claim is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimStatus {
    /// It holds its pieces.
    Open,
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

    /// The runs of a line that it takes or took from the shopper. An exchange gives others for them.
    pub(crate) fn taken_back(&self, line: LineNo) -> impl Iterator<Item = Run> {
        let goes_back = matches!(self.kind, ClaimKind::Cancel | ClaimKind::Return);
        let stands = matches!(self.status, ClaimStatus::Open | ClaimStatus::Completed);
        let lines = self.lines.iter().filter(move |claimed| goes_back && stands && claimed.line == line);
        lines.map(ClaimedLine::run)
    }
}
