//! Splitting an amount so that the parts always add up to the whole: the largest-remainder method.

use crate::Amount;

/// Splits `total` in proportion to `weights`, exactly: the parts add up to `total`, in the order of the weights.
///
/// Each part is its exact share rounded towards zero; the units left over go one by one to the largest
/// remainders, the earlier weight first among equals. Weights that are all zero count as equal.
/// A negative total splits as the mirror of its positive. No weights, no parts.
pub fn allocate(total: Amount, weights: &[u64]) -> Vec<Amount> {
    let weights: Vec<u64> =
        if weights.iter().all(|weight| *weight == 0) { vec![1; weights.len()] } else { weights.to_vec() };
    let whole: u128 = weights.iter().copied().map(u128::from).sum();
    if whole == 0 {
        return Vec::new();
    }
    let size = u128::from(total.minor().unsigned_abs());
    let mut parts: Vec<(u128, u128)> = weights
        .iter()
        .map(|weight| size * u128::from(*weight))
        .map(|scaled| (scaled / whole, scaled % whole))
        .collect();
    hand_out_rest(&mut parts, size);
    parts.into_iter().map(|(part, _)| signed(part, total)).collect()
}

/// Gives the units that rounding left over to the largest remainders.
fn hand_out_rest(parts: &mut [(u128, u128)], size: u128) {
    let given: u128 = parts.iter().map(|(part, _)| *part).sum();
    let mut by_remainder: Vec<&mut (u128, u128)> = parts.iter_mut().collect();
    by_remainder.sort_by_key(|(_, remainder)| std::cmp::Reverse(*remainder));
    for (_, part) in (given..size).zip(by_remainder) {
        part.0 += 1;
    }
}

/// A part with the sign of the whole; a part is never larger than the whole, so it fits.
fn signed(part: u128, whole: Amount) -> Amount {
    let part = i64::try_from(part).unwrap_or(i64::MAX);
    Amount::from_minor(if whole.is_negative() { -part } else { part })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split(total: i64, weights: &[u64]) -> Vec<i64> {
        allocate(Amount::from_minor(total), weights).into_iter().map(Amount::minor).collect()
    }

    #[test]
    fn a_rest_goes_to_the_largest_remainder() {
        assert_eq!(split(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(split(10, &[5, 3, 1]), [6, 3, 1]);
    }

    #[test]
    fn a_negative_total_mirrors_its_positive() {
        assert_eq!(split(-100, &[1, 1, 1]), [-34, -33, -33]);
    }

    #[test]
    fn zero_weights_share_equally_and_no_weights_get_nothing() {
        assert_eq!(split(3, &[0, 0]), [2, 1]);
        assert!(split(3, &[]).is_empty());
    }

    proptest! {
        #[test]
        fn the_parts_add_up_to_the_whole(
            total in -1_000_000_000_000_i64..1_000_000_000_000,
            weights in prop::collection::vec(0_u64..1_000_000_000_000, 1..60),
        ) {
            prop_assert_eq!(split(total, &weights).iter().sum::<i64>(), total);
        }

        #[test]
        fn no_part_is_more_than_one_unit_from_its_exact_share(
            total in 0_i64..1_000_000_000,
            weights in prop::collection::vec(1_u64..1_000_000, 1..60),
        ) {
            let whole: u128 = weights.iter().copied().map(u128::from).sum();
            for (part, weight) in split(total, &weights).into_iter().zip(&weights) {
                let scaled = u128::from(total.unsigned_abs()) * u128::from(*weight);
                let part = u128::from(part.unsigned_abs()) * whole;
                prop_assert!(part.abs_diff(scaled) < whole);
            }
        }
    }
}
