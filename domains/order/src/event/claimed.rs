//! Claims as the order sees them: which pieces they took, from where, and what became of them.

use kernel::id::{ClaimId, MerchantId, OrderId, SkuId};
use kernel::{Amount, Quantity, Timestamp};
use serde::{Deserialize, Serialize};

use super::Taken;
use crate::pieces::Run;
use crate::value::{ClaimFee, ClaimKind, ClaimOutcome, GroupNo, LineNo, Redeemed};

/// A run of pieces of one line that a claim took. A line comes more than once where its free pieces have gaps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimedLine {
    /// The line.
    pub line: LineNo,
    /// Its delivery group.
    pub group: GroupNo,
    /// Who sells it.
    pub merchant: MerchantId,
    /// The variant.
    pub sku: SkuId,
    /// How many pieces.
    pub quantity: Quantity,
    /// The number of the first piece, from 0: amounts are split over pieces `first_piece .. + quantity`.
    pub first_piece: u32,
    /// How many pieces the whole line has.
    pub ordered: u32,
    /// What was paid for the whole line's goods.
    #[serde(rename = "paid_minor")]
    pub paid: Amount,
    /// The whole line's share of the shipping fee.
    #[serde(rename = "shipping_minor")]
    pub shipping: Amount,
    /// Where the pieces were when the claim took them.
    pub from: Taken,
}

/// A claim reserved pieces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimOpened {
    /// The order.
    pub order: OrderId,
    /// The claim.
    pub claim: ClaimId,
    /// What it asks for.
    pub kind: ClaimKind,
    /// Its pieces.
    pub lines: Vec<ClaimedLine>,
    /// When.
    pub at: Timestamp,
}

/// A claim's money is to go back: it can't come to nothing any more, so what follows may count on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimRefundStarted {
    /// The order.
    pub order: OrderId,
    /// The claim.
    pub claim: ClaimId,
    /// The delivery fees that move with it.
    pub fees: Vec<ClaimFee>,
    /// When.
    pub at: Timestamp,
}

/// A claim came to nothing; its pieces are free again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimClosed {
    /// The order.
    pub order: OrderId,
    /// The claim.
    pub claim: ClaimId,
    /// What it asked for.
    pub kind: ClaimKind,
    /// Its pieces.
    pub lines: Vec<ClaimedLine>,
    /// How it ended.
    pub outcome: ClaimOutcome,
    /// When.
    pub at: Timestamp,
}

/// A claim is done; its pieces are cancelled, returned or exchanged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimCompleted {
    /// The order.
    pub order: OrderId,
    /// The claim.
    pub claim: ClaimId,
    /// What it asked for.
    pub kind: ClaimKind,
    /// Its pieces.
    pub lines: Vec<ClaimedLine>,
    /// The points that cancelled or returned pieces were paid with, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redeemed: Option<Redeemed>,
    /// When.
    pub at: Timestamp,
}

impl ClaimedLine {
    /// The numbers of its pieces.
    pub fn run(&self) -> Run {
        Run { first: self.first_piece, count: self.quantity.get() }
    }

    /// Whether its pieces were confirmed before the claim took them. A run is never partly so.
    pub const fn was_confirmed(&self) -> bool {
        self.from.confirmed > 0
    }
}
