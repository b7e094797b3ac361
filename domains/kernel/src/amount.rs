//! Money as integers: [`Amount`] in minor units inside one currency, [`Money`] with its currency, [`Price`] as asked for.
//!
//! Never here: floating point. Arithmetic on [`Amount`] saturates, which makes it total, but a saturated sum is wrong:
//! [`Price::MAX`] times [`Quantity::MAX`](crate::Quantity::MAX) is 10¹⁸, and ten of those don't fit. What keeps sums
//! inside is the order's limits, checked before anything is added up: 999 pieces a line and 100 lines come to 10¹⁷ at most.

use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use serde::{Deserialize, Serialize};

use crate::{Currency, Quantity};

/// An amount in the minor unit of a currency known from the context (the order's, the statement's). May be negative.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Amount(i64);

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// An amount of so many minor units.
    pub const fn from_minor(minor: i64) -> Self {
        Self(minor)
    }

    /// The number of minor units.
    pub const fn minor(self) -> i64 {
        self.0
    }

    /// Whether it is below zero.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Whether it is exactly zero.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The amount for so many units.
    #[must_use]
    pub fn times(self, units: u32) -> Self {
        Self(self.0.saturating_mul(i64::from(units)))
    }

    /// The amount in a currency.
    pub const fn of(self, currency: Currency) -> Money {
        Money { amount: self, currency }
    }
}

impl Add for Amount {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Amount {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl AddAssign for Amount {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl SubAssign for Amount {
    fn sub_assign(&mut self, other: Self) {
        *self = *self - other;
    }
}

impl Neg for Amount {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

impl<'a> Sum<&'a Amount> for Amount {
    fn sum<I: Iterator<Item = &'a Amount>>(amounts: I) -> Self {
        amounts.copied().sum()
    }
}

impl std::fmt::Display for Amount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// An amount with its currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Minor units.
    #[serde(rename = "amount_minor")]
    pub amount: Amount,
    /// ISO 4217.
    pub currency: Currency,
}

/// A price or fee as asked for: zero to [`Price::MAX`] minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Price(Amount);

/// The number is no price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PriceError {
    /// Below zero.
    #[error("a price cannot be negative: {0}")]
    Negative(i64),
    /// Above [`Price::MAX`].
    #[error("a price is at most 1000000000000 minor units: {0}")]
    TooLarge(i64),
}

impl Price {
    /// The highest price: 10¹² minor units.
    pub const MAX: i64 = 1_000_000_000_000;
    /// Free.
    pub const ZERO: Self = Self(Amount::ZERO);

    /// A price of so many minor units.
    pub const fn new(minor: i64) -> Result<Self, PriceError> {
        if minor < 0 {
            Err(PriceError::Negative(minor))
        } else if minor > Self::MAX {
            Err(PriceError::TooLarge(minor))
        } else {
            Ok(Self(Amount::from_minor(minor)))
        }
    }

    /// The amount asked for one unit.
    pub const fn amount(self) -> Amount {
        self.0
    }

    /// The amount asked for so many units.
    pub fn times(self, quantity: Quantity) -> Amount {
        self.0.times(quantity.get())
    }
}

impl TryFrom<i64> for Price {
    type Error = PriceError;
    fn try_from(minor: i64) -> Result<Self, Self::Error> {
        Self::new(minor)
    }
}

impl From<Price> for i64 {
    fn from(price: Price) -> Self {
        price.0.minor()
    }
}
