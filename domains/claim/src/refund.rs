//! How much goes back, and why: one pure function from the order's facts to a quote.
//!
//! The law of it: a line returned whole, in any number of partial steps, refunds exactly what was paid for it.
//! The rules about fees have their names in [`crate::policy::fees`]. Never here: tenders, which are the payment's.

mod paid;
mod pieces;

use kernel::Amount;
use kernel::id::MerchantId;
use serde::{Deserialize, Serialize};

pub use paid::{DeliveryPaid, FeesPaid};
pub use pieces::share_of_pieces;

use crate::policy::fees;
use crate::value::{ClaimLine, Fault, GroupFacts, Kind};

/// What a refund follows from; the groups are exactly those of the lines.
#[derive(Debug, Clone, Copy)]
pub struct RefundInput<'a> {
    /// Cancel or return.
    pub kind: Kind,
    /// Who answers for it.
    pub fault: Fault,
    /// The claimed lines.
    pub lines: &'a [ClaimLine],
    /// Their groups.
    pub groups: &'a [GroupFacts],
}

/// What goes back. `total + return_fee + shipping_deducted = goods + shipping + unpaid_fee`, nothing below zero;
/// minor units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundQuote {
    /// Paid for the claimed pieces.
    #[serde(rename = "goods_minor")]
    pub goods: Amount,
    /// Delivery fees that go back.
    #[serde(rename = "shipping_minor")]
    pub shipping: Amount,
    /// What the way back costs the buyer.
    #[serde(rename = "return_fee_minor")]
    pub return_fee: Amount,
    /// Delivery fees due after all, since the goods that stay no longer earn free delivery.
    #[serde(rename = "shipping_deducted_minor")]
    pub shipping_deducted: Amount,
    /// What goes back in the end.
    #[serde(rename = "total_minor")]
    pub total: Amount,
    /// Fees that the refund doesn't cover.
    #[serde(rename = "unpaid_fee_minor")]
    pub unpaid_fee: Amount,
    /// `goods`, line by line.
    pub lines: Vec<QuotedLine>,
    /// `shipping` and `shipping_deducted`, group by group.
    pub groups: Vec<QuotedGroup>,
}

/// What was paid for the claimed pieces of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotedLine {
    /// The line's number in the order.
    pub line: u16,
    /// Minor units.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
}

/// The delivery fees of a group that move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuotedGroup {
    /// The group's number in the order.
    pub group: u16,
    /// Whose fees they are.
    pub merchant: MerchantId,
    /// The fee that goes back; minor units.
    #[serde(rename = "shipping_minor")]
    pub shipping: Amount,
    /// The fee due after all; minor units.
    #[serde(rename = "shipping_deducted_minor")]
    pub shipping_deducted: Amount,
}

/// Quotes the refund of a claim.
pub fn quote(input: &RefundInput<'_>) -> RefundQuote {
    let lines: Vec<QuotedLine> = input.lines.iter().map(quote_line).collect();
    let groups: Vec<QuotedGroup> = input.groups.iter().map(|group| quote_group(input, group)).collect();
    let goods: Amount = lines.iter().map(|line| line.amount).sum();
    let shipping: Amount = groups.iter().map(|group| group.shipping).sum();
    let shipping_deducted: Amount = groups.iter().map(|group| group.shipping_deducted).sum();
    let return_fee = fees::return_fee(input.kind, input.fault, input.groups);
    let balance = goods + shipping - return_fee - shipping_deducted;
    RefundQuote {
        goods,
        shipping,
        return_fee,
        shipping_deducted,
        total: balance.max(Amount::ZERO),
        unpaid_fee: (-balance).max(Amount::ZERO),
        lines,
        groups,
    }
}

fn quote_line(line: &ClaimLine) -> QuotedLine {
    QuotedLine { line: line.line, amount: paid_for(line) }
}

fn quote_group(input: &RefundInput<'_>, group: &GroupFacts) -> QuotedGroup {
    QuotedGroup {
        group: group.group,
        merchant: group.merchant,
        shipping: fees::fee_back(input.kind, input.fault, group),
        shipping_deducted: fees::fee_due_after_all(input.kind, input.fault, group),
    }
}

/// What was paid for the claimed pieces.
fn paid_for(line: &ClaimLine) -> Amount {
    share_of_pieces(line.paid, line.ordered, line.first_piece, line.quantity.get())
}
