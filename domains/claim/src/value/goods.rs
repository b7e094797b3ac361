//! The goods of a claim: what the order says about its lines and groups, and what an inspection found.

use kernel::id::{MerchantId, SkuId};
use kernel::{Amount, Price, Quantity};
use serde::{Deserialize, Serialize};

use super::InspectionFailure;

/// A run of pieces of one order line that is claimed, with the facts of the whole line that the refund follows from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimLine {
    /// The line's number in the order.
    pub line: u16,
    /// Its delivery group's number in the order.
    pub group: u16,
    /// What was bought.
    pub sku: SkuId,
    /// From whom.
    pub merchant: MerchantId,
    /// Pieces claimed.
    pub quantity: Quantity,
    /// Pieces in the whole line.
    pub ordered: u32,
    /// The first of them, counted from 0 within the line; a line comes more than once where its free pieces have gaps.
    pub first_piece: u32,
    /// Paid for the goods of the whole line, after discounts and points; minor units.
    #[serde(rename = "paid_minor")]
    pub paid: Amount,
    /// The whole line's share of its group's delivery fee; minor units, for the record.
    #[serde(rename = "shipping_minor")]
    pub shipping: Amount,
}

/// What made a group's delivery free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FreeOver {
    /// From this worth of goods on delivery was free.
    #[serde(rename = "threshold_minor")]
    pub threshold: Price,
    /// The fee that was waived.
    #[serde(rename = "fee_minor")]
    pub fee: Price,
}

/// What the order says about a delivery group (배송 묶음) of claimed lines. Other claims count as gone only once their
/// money is back or on its way: an open one may still come to nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupFacts {
    /// The group's number in the order.
    pub group: u16,
    /// Who delivers it.
    pub merchant: MerchantId,
    /// Paid for its delivery by now: at the order, and deducted by other claims, less what those gave back; minor units.
    #[serde(rename = "fee_minor")]
    pub fee: Amount,
    /// Owed of it: what former refunds that it was to be deducted from couldn't cover; minor units.
    #[serde(rename = "owed_minor", default, skip_serializing_if = "is_zero")]
    pub owed: Amount,
    /// Set when its delivery was free above a threshold.
    pub free_over: Option<FreeOver>,
    /// What counts towards free delivery of the goods still in the group, the claimed ones included; minor units.
    #[serde(rename = "goods_before_minor")]
    pub goods_before: Amount,
    /// What counts towards free delivery of the claimed goods alone; minor units. Older events don't say it.
    #[serde(rename = "goods_claimed_minor", default, skip_serializing_if = "is_zero")]
    pub goods_claimed: Amount,
    /// Whether no piece remains: each other piece was cancelled or returned.
    pub ends: bool,
    /// What the way back costs at the buyer's fault.
    #[serde(rename = "return_fee_minor")]
    pub return_fee: Price,
}

/// Claimed pieces as every event names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimedLine {
    /// The line's number in the order.
    pub line: u16,
    /// Its delivery group's number in the order.
    pub group: u16,
    /// What was bought.
    pub sku: SkuId,
    /// From whom.
    pub merchant: MerchantId,
    /// Pieces claimed.
    pub quantity: Quantity,
    /// The first of them, counted from 0 within the line.
    pub first_piece: u32,
    /// Paid for just these pieces, which is what goes back for them before fees; minor units.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
}

/// What an inspection found of one line: the two add up to the pieces claimed, over all its runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct InspectedLine {
    /// The line's number in the order.
    pub line: u16,
    /// Pieces that can be sold again.
    pub resellable: u32,
    /// Pieces that can't.
    pub damaged: u32,
}

/// The outcome of an inspection (검수), for the claim as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Inspection {
    /// The goods are what was claimed; damage in this case is not the buyer's.
    Pass {
        /// Every claimed line, by condition.
        lines: Vec<InspectedLine>,
    },
    /// The goods can't be taken back.
    Fail {
        /// Why.
        reason: InspectionFailure,
    },
}

impl Inspection {
    /// Pass or fail, without the details.
    pub const fn verdict(&self) -> Verdict {
        match self {
            Self::Pass { .. } => Verdict::Pass,
            Self::Fail { .. } => Verdict::Fail,
        }
    }
}

/// Pass or fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The refund may start.
    Pass,
    /// The goods go back.
    Fail,
}

/// Pieces that come back into stock, by condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RestockLine {
    /// The line's number in the order.
    pub line: u16,
    /// Which stock.
    pub sku: SkuId,
    /// Whose.
    pub merchant: MerchantId,
    /// Pieces that can be sold again.
    pub resellable: u32,
    /// Pieces that can't.
    pub damaged: u32,
}

/// An event written before the field was known keeps its bytes.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
const fn is_zero(amount: &Amount) -> bool {
    amount.is_zero()
}
