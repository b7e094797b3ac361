//! What a purchase earns. Never here: the rate (a grade's, named by the caller), or when the points are earned.

use kernel::{Amount, Quantity, Rate, allocate};

/// What a purchase earns at a rate, rounded down to whole points; nothing if nothing was paid.
pub fn earned(paid: Amount, rate: Rate) -> Amount {
    let (paid, rate) = (paid.minor().max(0), rate.fraction());
    let points = i128::from(paid) * rate.mantissa() / 10_i128.pow(rate.scale());
    // A share of an i64 is an i64: the rate is at most one.
    Amount::from_minor(i64::try_from(points).unwrap_or(paid))
}

/// What pieces `from .. from + count` of a line carry of the points that the whole line earns.
///
/// A share depends only on the numbers of its pieces, so that any sequence of partial steps adds up exactly. Pieces
/// beyond the quantity carry nothing.
pub fn share_of_pieces(earned: Amount, quantity: Quantity, from: u32, count: u32) -> Amount {
    let run = from..from.saturating_add(count);
    let weights: Vec<u64> = (0..quantity.get()).map(|_| 1).collect();
    let pieces = (0_u32..).zip(allocate(earned, &weights));
    pieces.filter(|(number, _)| run.contains(number)).map(|(_, share)| share).sum()
}
