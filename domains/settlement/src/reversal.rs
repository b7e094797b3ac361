//! Taking a confirmed purchase back (환수): a new, negative item; the first is never edited. Pure.
//!
//! Amounts go by numbered pieces, cumulatively: what the first k pieces bear is rounded once, and a step takes the
//! difference of two such shares. So any partial steps, in any order, take back exactly what was accrued. What was paid
//! is split like a refund splits it, to the minor unit: what a step puts back into the deposits is what its refund takes.
//! The delivery fee is never taken back here: whatever a claim does to it is the claim's own item
//! ([`claim_fee`](crate::claim_fee)).

use kernel::{Amount, Quantity, Timestamp, allocate};
use serde::{Deserialize, Serialize};

use crate::item::{ItemKind, Parts, SettlementItem};
use crate::value::ItemKey;

/// Pieces of an accrued item that came back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnedLine {
    /// The new item's key within the statement.
    pub item: ItemKey,
    /// The item as it was accrued, maybe on a statement long paid.
    pub original: SettlementItem,
    /// The number of the first of its pieces that came back, from 0 within the item.
    pub first_piece: u32,
    /// How many came back.
    pub pieces: Quantity,
    /// When the return was completed.
    pub basis_at: Timestamp,
}

impl ReturnedLine {
    /// Whether the original can be taken back at all: a sale, not itself a taking back.
    pub fn is_reversible(&self) -> bool {
        self.original.kind == ItemKind::Sale && self.original.net == self.original.parts.net()
    }

    /// Whether the original has those pieces.
    pub fn fits(&self) -> bool {
        self.end() <= self.original.quantity
    }

    fn end(&self) -> u32 {
        self.first_piece.saturating_add(self.pieces.get())
    }
}

/// The negative item of returned pieces. `cites` is the log position of the return.
pub fn reverse(line: ReturnedLine, cites: u64) -> SettlementItem {
    let before = borne_by(&line.original, line.first_piece);
    let after = borne_by(&line.original, line.end());
    let parts = before.plus(&negated(&after));
    let original = line.original;
    SettlementItem {
        item: line.item,
        kind: ItemKind::RefundAfterSettlement,
        reverses: Some(original.item),
        quantity: line.pieces.get(),
        parts,
        net: parts.net(),
        basis_at: line.basis_at,
        cites,
        ..original
    }
}

/// What the first so many pieces of the original bear, without the delivery fee.
///
/// What is missing from the price to what was paid is cut proportionally, so that each step balances.
fn borne_by(original: &SettlementItem, pieces: u32) -> Parts {
    let whole = &original.parts;
    let (sale, paid) = (whole.sale, whole.customer_paid() - whole.shipping);
    let by_pieces = |amount| first_pieces(amount, original.quantity, pieces);
    let reduced = by_pieces(sale) - by_pieces(paid);
    let discount_merchant = part(reduced, whole.discount_merchant, sale - paid);
    let rest = reduced - discount_merchant;
    let discount_platform = part(rest, whole.discount_platform, whole.discount_platform + whole.points);
    let commission = share(whole.commission, u64::from(pieces), u64::from(original.quantity));
    Parts {
        sale: by_pieces(sale),
        discount_merchant,
        discount_platform,
        points: rest - discount_platform,
        shipping: Amount::ZERO,
        commission,
        // By commission, not by pieces: so the VAT taken back is never more than the commission taken back.
        commission_vat: share(whole.commission_vat, size(commission), size(whole.commission)),
    }
}

/// What the first pieces carry: each `amount / quantity`, the first `amount mod quantity` of them one unit more. An order
/// splits what was paid for a line in this way, and a run of a line's pieces is split as in the whole line.
fn first_pieces(amount: Amount, quantity: u32, pieces: u32) -> Amount {
    let (Some(base), Some(rest)) = (
        amount.minor().checked_div_euclid(i64::from(quantity)),
        amount.minor().checked_rem_euclid(i64::from(quantity)),
    ) else {
        return Amount::ZERO;
    };
    Amount::from_minor(base).times(pieces) + Amount::from_minor(rest.min(i64::from(pieces)))
}

/// `amount × numerator / denominator`, rounded down; all are at or above zero and the fraction is at most one.
fn part(amount: Amount, numerator: Amount, denominator: Amount) -> Amount {
    let product = i128::from(amount.minor()) * i128::from(numerator.minor());
    let exact = product.checked_div(i128::from(denominator.minor())).unwrap_or(0);
    Amount::from_minor(i64::try_from(exact).unwrap_or(i64::MAX))
}

fn share(amount: Amount, part: u64, whole: u64) -> Amount {
    let weights = [part, whole.saturating_sub(part)];
    if whole == 0 { Amount::ZERO } else { allocate(amount, &weights).first().copied().unwrap_or_default() }
}

fn size(amount: Amount) -> u64 {
    amount.minor().unsigned_abs()
}

fn negated(parts: &Parts) -> Parts {
    Parts {
        sale: -parts.sale,
        discount_merchant: -parts.discount_merchant,
        discount_platform: -parts.discount_platform,
        points: -parts.points,
        shipping: -parts.shipping,
        commission: -parts.commission,
        commission_vat: -parts.commission_vat,
    }
}
