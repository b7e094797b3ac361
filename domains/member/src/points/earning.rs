//! What a purchase earns. Never here: the rate (a grade's, named by the caller), or when the points are earned.

use kernel::{Amount, Rate};

/// What a purchase earns at a rate, rounded down to whole points; nothing if nothing was paid.
pub fn earned(paid: Amount, rate: Rate) -> Amount {
    let (paid, rate) = (paid.minor().max(0), rate.fraction());
    let points = i128::from(paid) * rate.mantissa() / 10_i128.pow(rate.scale());
    // A share of an i64 is an i64: the rate is at most one.
    Amount::from_minor(i64::try_from(points).unwrap_or(paid))
}
