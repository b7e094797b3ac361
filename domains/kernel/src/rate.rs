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
