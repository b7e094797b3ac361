//! Taking a confirmed purchase back (환수): a new, negative item; the first is never edited. Pure.
//!
//! Amounts go by pieces, cumulatively: what k pieces bear is the share of the whole, rounded once, and a step takes
//! the difference of two such shares. So any number of partial steps takes back exactly what was accrued.

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
    /// How many of its pieces came back before.
    pub pieces_before: u32,
    /// How many come back now.
    pub pieces: Quantity,
    /// Whether the delivery fee goes back as well. The same answer in every step takes back exactly all or nothing of it.
    pub returns_shipping: bool,
    /// When the return was decided.
    pub basis_at: Timestamp,
}

impl ReturnedLine {
    /// Whether the original can be taken back at all: a sale, not itself a taking back.
    pub fn is_reversible(&self) -> bool {
        self.original.kind == ItemKind::Sale && self.original.net == self.original.parts.net()
    }

    /// Whether the original has that many pieces left.
    pub fn fits(&self) -> bool {
        self.pieces_after() <= self.original.quantity
    }

    fn pieces_after(&self) -> u32 {
        self.pieces_before.saturating_add(self.pieces.get())
    }
}

/// The negative item of returned pieces. `cites` is the log position of the return.
pub fn reverse(line: ReturnedLine, cites: u64) -> SettlementItem {
    let before = borne_by(&line, line.pieces_before);
    let after = borne_by(&line, line.pieces_after());
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

/// What the first so many pieces of the original bear.
fn borne_by(line: &ReturnedLine, pieces: u32) -> Parts {
    let whole = &line.original.parts;
    let part = |amount| share(amount, u64::from(pieces), u64::from(line.original.quantity));
    let commission = part(whole.commission);
    let shipping = if line.returns_shipping { part(whole.shipping) } else { Amount::ZERO };
    Parts {
        sale: part(whole.sale),
        discount_merchant: part(whole.discount_merchant),
        discount_platform: part(whole.discount_platform),
        points: part(whole.points),
        shipping,
        commission,
        // By commission, not by pieces: so the VAT taken back is never more than the commission taken back.
        commission_vat: share(whole.commission_vat, size(commission), size(whole.commission)),
    }
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
