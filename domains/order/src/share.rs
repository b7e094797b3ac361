//! Splitting a line's amounts over its pieces, so that any sequence of partial steps adds up exactly.
//!
//! Each piece has a number from 0. Confirmations and claims take runs of pieces, each piece once; what a run is
//! worth depends only on its numbers, never on what happened before.

use kernel::Amount;

use crate::event::PlacedLine;

/// The share of `total` that pieces `from .. from + count` of `quantity` carry.
///
/// Each piece carries `total / quantity`, the first `total mod quantity` of them one unit more. Pieces beyond the
/// quantity carry nothing; a negative total mirrors its positive.
pub fn share_of_pieces(total: Amount, quantity: u32, from: u32, count: u32) -> Amount {
    let until = from.saturating_add(count);
    cumulative(total, quantity, until) - cumulative(total, quantity, from)
}

/// What the first `pieces` carry together.
fn cumulative(total: Amount, quantity: u32, pieces: u32) -> Amount {
    if quantity == 0 {
        return Amount::ZERO;
    }
    let pieces = i64::from(pieces.min(quantity));
    let base = total.minor() / i64::from(quantity);
    let rest = total.minor() % i64::from(quantity);
    Amount::from_minor(base * pieces + rest.signum() * pieces.min(rest.abs()))
}

/// Every amount that a run of pieces carries. `sale = discount_merchant + discount_platform + points + paid`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shares {
    /// At their price.
    pub sale: Amount,
    /// The discount that the merchant pays for.
    pub discount_merchant: Amount,
    /// The discount that the platform pays for.
    pub discount_platform: Amount,
    /// The points.
    pub points: Amount,
    /// The shipping fee.
    pub shipping: Amount,
    /// What was paid, without shipping.
    pub paid: Amount,
    /// The value added tax inside what was paid.
    pub vat: Amount,
}

/// The amounts that pieces `from .. from + count` of a line carry.
///
/// What was paid, the tax inside and the shipping fee go by [`share_of_pieces`]: a refund splits them the same way, and no
/// piece carries more tax than was paid for it. The reductions are
/// what is missing to the price, cut proportionally, so that each run balances and not only the whole line.
pub fn of_line(line: &PlacedLine, from: u32, count: u32) -> Shares {
    let until = from.saturating_add(count);
    let (before, after) = (first_pieces(line, from), first_pieces(line, until));
    Shares {
        sale: after.sale - before.sale,
        discount_merchant: after.discount_merchant - before.discount_merchant,
        discount_platform: after.discount_platform - before.discount_platform,
        points: after.points - before.points,
        shipping: after.shipping - before.shipping,
        paid: after.paid - before.paid,
        vat: after.vat - before.vat,
    }
}

/// What the first `pieces` of a line carry. Each amount only grows with the pieces, so no run carries less than zero.
fn first_pieces(line: &PlacedLine, pieces: u32) -> Shares {
    let quantity = line.quantity.get();
    let sale = line.unit_price.amount().times(pieces.min(quantity));
    let paid = cumulative(line.paid, quantity, pieces);
    let reduced = sale - paid;
    let not_merchant = line.discount_platform + line.points;
    let discount_merchant = part(reduced, line.discount_merchant, line.discount_merchant + not_merchant);
    let rest = reduced - discount_merchant;
    let discount_platform = part(rest, line.discount_platform, not_merchant);
    Shares {
        sale,
        discount_merchant,
        discount_platform,
        points: rest - discount_platform,
        shipping: cumulative(line.shipping, quantity, pieces),
        paid,
        vat: cumulative(line.vat.unwrap_or_default(), quantity, pieces),
    }
}

/// `amount × numerator / denominator`, rounded down; all are at or above zero and the fraction is at most one.
fn part(amount: Amount, numerator: Amount, denominator: Amount) -> Amount {
    if denominator.is_zero() {
        return Amount::ZERO;
    }
    let exact = i128::from(amount.minor()) * i128::from(numerator.minor()) / i128::from(denominator.minor());
    Amount::from_minor(i64::try_from(exact).unwrap_or(i64::MAX))
}
