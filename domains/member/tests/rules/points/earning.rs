//! What a purchase earns.

use kernel::Rate;
use member::points::earned;
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

proptest! {
    #[test]
    fn a_rounding_costs_less_than_a_point(paid in 0_i64..1_000_000_000, millionths in 0_i64..=1_000_000) {
        let fraction = rate(&format!("{}.{:06}", millionths / 1_000_000, millionths % 1_000_000));
        let left = paid * millionths - earned(points(paid), fraction).minor() * 1_000_000;
        prop_assert!((0..1_000_000).contains(&left), "{left} millionths of a point");
    }
}
