//! A share of an amount: commission, VAT, a campaign's discount.

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use crate::Amount;

/// A share between 0 and 1 with at most six decimals; `0.10` is ten percent. Written as a JSON string.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Decimal", into = "Decimal")]
pub struct Rate(Decimal);

/// The number is no rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a rate is between 0 and 1 with at most six decimals: {0}")]
pub struct RateError(pub Decimal);

impl Rate {
    /// The finest step of a rate: six decimals.
    pub const MAX_SCALE: u32 = 6;
    /// Nothing of the base.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// A rate from its decimal fraction.
    pub fn new(fraction: Decimal) -> Result<Self, RateError> {
        let fraction = fraction.normalize();
        let in_range = fraction >= Decimal::ZERO && fraction <= Decimal::ONE;
        if in_range && fraction.scale() <= Self::MAX_SCALE {
            Ok(Self(fraction))
        } else {
            Err(RateError(fraction))
        }
    }

    /// The decimal fraction.
    pub const fn fraction(self) -> Decimal {
        self.0
    }

    /// This share of an amount, rounded half away from zero to the minor unit, so that a reversal mirrors its origin.
    pub fn of(self, base: Amount) -> Amount {
        let exact = Decimal::from(base.minor()) * self.0;
        let rounded = exact.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        // A share of an i64 is an i64: the rate is at most one.
        Amount::from_minor(rounded.to_i64().unwrap_or(base.minor()))
    }

    /// What of a gross amount was put on top at this rate, value added tax (부가세) say: gross × rate / (1 + rate), at 10 %
    /// gross × 10/110, rounded half away from zero. The rest, the net (공급가액), is never smaller than zero for a gross
    /// above it.
    ///
    /// Reckoned in integers (millionths), since 10/110 is no finite decimal.
    pub fn inside(self, gross: Amount) -> Amount {
        const ONE: i128 = 1_000_000;
        let millionths = (self.0 * Decimal::from(ONE)).to_i128().unwrap_or(0);
        let doubled = 2 * i128::from(gross.minor().unsigned_abs()) * millionths;
        let whole = ONE + millionths;
        let rounded = i64::try_from((doubled + whole) / (2 * whole)).unwrap_or(i64::MAX);
        Amount::from_minor(if gross.is_negative() { -rounded } else { rounded })
    }
}

impl TryFrom<Decimal> for Rate {
    type Error = RateError;
    fn try_from(fraction: Decimal) -> Result<Self, Self::Error> {
        Self::new(fraction)
    }
}

impl From<Rate> for Decimal {
    fn from(rate: Rate) -> Self {
        rate.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn inside(rate: &str, gross: i64) -> i64 {
        Rate::new(rate.parse().unwrap()).unwrap().inside(Amount::from_minor(gross)).minor()
    }

    #[test]
    fn what_is_inside_is_rounded_half_away_from_zero_both_ways() {
        assert_eq!([110, 5, 6, -6].map(|gross| inside("0.1", gross)), [10, 0, 1, -1]);
        // 1 × 1/(1+1) is exactly a half.
        assert_eq!((inside("1", 1), inside("1", -1)), (1, -1));
        assert_eq!((inside("0", 3_480), inside("0.1", 1_000_000_000_000_000)), (0, 90_909_090_909_091));
    }

    proptest! {
        #[test]
        fn what_is_inside_is_never_more_than_the_whole(millionths in 0_i64..=1_000_000, gross in 0_i64..1_000_000_000) {
            let rate = Rate::new(Decimal::new(millionths, Rate::MAX_SCALE)).unwrap();
            let inside = rate.inside(Amount::from_minor(gross));
            prop_assert!(!inside.is_negative() && inside.minor() <= gross);
            prop_assert_eq!(rate.inside(Amount::from_minor(-gross)), -inside);
        }
    }
}
