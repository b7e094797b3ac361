//! What a purchase earns, and what some of its pieces do.

use kernel::{Amount, Quantity, Rate};
use member::points::{earned, share_of_pieces};
use proptest::prelude::*;

use super::sample::points;

fn rate(fraction: &str) -> Rate {
    serde_json::from_value(fraction.into()).unwrap()
}

#[test]
fn a_purchase_earns_whole_points_rounded_down() {
    assert_eq!(earned(points(19_900), rate("0.01")), points(199));
    assert_eq!(earned(points(19_999), rate("0.01")), points(199));
    assert_eq!(earned(points(99), rate("0.01")), points(0));
    assert_eq!(earned(points(1_000_000), rate("0.000001")), points(1));
    assert_eq!(earned(points(i64::MAX), rate("1")), points(i64::MAX));
    assert_eq!(earned(points(100), Rate::ZERO), points(0));
}

#[test]
fn where_nothing_was_paid_nothing_is_earned() {
    assert_eq!(earned(points(0), rate("0.5")), points(0));
    assert_eq!(earned(points(-100), rate("0.5")), points(0));
}

#[test]
fn pieces_beyond_a_line_carry_nothing() {
    let quantity = Quantity::new(3).unwrap();
    assert_eq!(share_of_pieces(points(10), quantity, 0, 2), points(7));
    assert_eq!(share_of_pieces(points(10), quantity, 2, u32::MAX), points(3));
    assert_eq!(share_of_pieces(points(10), quantity, 3, 1), points(0));
}

proptest! {
    #[test]
    fn any_runs_of_a_lines_pieces_carry_its_points_together(
        earned in 0_i64..1_000_000_000,
        mut cuts in prop::collection::vec(0_u32..50, 0..6),
    ) {
        cuts.extend([0, 50]);
        cuts.sort_unstable();
        let quantity = Quantity::new(50).unwrap();
        let share = |run: &[u32]| share_of_pieces(points(earned), quantity, run[0], run[1] - run[0]);
        prop_assert_eq!(cuts.windows(2).map(share).sum::<Amount>(), points(earned));
    }

    #[test]
    fn a_rounding_costs_less_than_a_point(paid in 0_i64..1_000_000_000, millionths in 0_i64..=1_000_000) {
        let fraction = rate(&format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000));
        let left = paid * millionths - earned(points(paid), fraction).minor() * 1_000_000;
        prop_assert!((0..1_000_000).contains(&left), "{left} millionths of a point");
    }
}
