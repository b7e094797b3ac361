//! What of a delivery group is still the shopper's: whether it ends, and whether it still reaches free shipping.

use std::ops::{Add, Sub};

use kernel::Amount;

use crate::event::PlacedLine;
use crate::pieces::Run;
use crate::policy::counts_towards_free_shipping;
use crate::share;

/// Pieces that the shopper keeps or still expects.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Remaining {
    /// How many.
    pub pieces: u32,
    /// What of their price counts towards free shipping.
    pub goods: Amount,
}

impl Remaining {
    /// All pieces of a line.
    pub fn whole(line: &PlacedLine) -> Self {
        Self::of(line, Run { first: 0, count: line.quantity.get() })
    }

    /// A run of a line's pieces.
    pub fn of(line: &PlacedLine, run: Run) -> Self {
        let shares = share::of_line(line, run.first, run.count);
        let discounts = shares.discount_merchant + shares.discount_platform;
        Self { pieces: run.count, goods: counts_towards_free_shipping(shares.sale, discounts) }
    }
}

impl Add for Remaining {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self { pieces: self.pieces.saturating_add(other.pieces), goods: self.goods + other.goods }
    }
}

impl Sub for Remaining {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self { pieces: self.pieces.saturating_sub(other.pieces), goods: self.goods - other.goods }
    }
}
