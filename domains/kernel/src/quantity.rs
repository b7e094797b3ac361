//! A number of pieces that somebody asks for or moves: at least one.

use serde::{Deserialize, Serialize};

/// One to [`Quantity::MAX`] pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Quantity(u32);

/// The number is no quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a quantity is 1 to 1000000: {0}")]
pub struct QuantityError(pub u32);

impl Quantity {
    /// The most pieces one command can name.
    pub const MAX: u32 = 1_000_000;
    /// One piece.
    pub const ONE: Self = Self(1);

    /// A quantity of so many pieces.
    pub const fn new(pieces: u32) -> Result<Self, QuantityError> {
        if pieces == 0 || pieces > Self::MAX { Err(QuantityError(pieces)) } else { Ok(Self(pieces)) }
    }

    /// The number of pieces.
    pub const fn get(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for Quantity {
    type Error = QuantityError;
    fn try_from(pieces: u32) -> Result<Self, Self::Error> {
        Self::new(pieces)
    }
}

impl From<Quantity> for u32 {
    fn from(quantity: Quantity) -> Self {
        quantity.0
    }
}

impl std::fmt::Display for Quantity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
