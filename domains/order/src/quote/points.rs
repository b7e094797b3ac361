//! What points (적립금) pay of the lines of a quote: goods after their coupons, never delivery; split over the lines by what
//! is left of each. Never here: whether the shopper has them; the account says.

use kernel::{Amount, allocate};

use super::Rejection;
use crate::value::OrderLine;

/// Pays so much of the lines.
pub(super) fn apply(lines: &mut [OrderLine], points: Amount) -> Result<(), Rejection> {
    let left: Vec<Amount> = lines.iter().map(OrderLine::paid).collect();
    let most = left.iter().sum();
    if points.is_negative() || points > most {
        return Err(Rejection::PointsExceedGoods { most, found: points });
    }
    let weights: Vec<u64> = left.iter().map(|amount| amount.minor().unsigned_abs()).collect();
    for (line, part) in lines.iter_mut().zip(allocate(points, &weights)) {
        line.points = part;
    }
    Ok(())
}
