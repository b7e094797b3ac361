//! The value added tax (부가세) inside what a shopper pays: for each line's goods after coupons and points, and for each
//! delivery group's fee, which is always taxable.
//!
//! Each is split by itself and rounded half away from zero, like the tax inside a commission; sums are sums of these, so
//! that supply and tax always add up to what is paid. Never here: a merchant's own base, which counts what the platform
//! pays for; settlement reckons that.

use std::iter::Sum;
use std::ops::Add;

use kernel::{Amount, Rate};

/// What is paid, by how it is taxed: `supply + vat + tax_free` is all of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Taxed {
    /// The taxable supply without its tax (과세 공급가액).
    pub supply: Amount,
    /// The tax inside.
    pub vat: Amount,
    /// The supply outside the tax (면세).
    pub tax_free: Amount,
}

impl Taxed {
    /// An amount with the tax inside.
    pub fn taxable(amount: Amount, rate: Rate) -> Self {
        let vat = rate.inside(amount);
        Self { supply: amount - vat, vat, tax_free: Amount::ZERO }
    }

    /// What is paid for goods, with the tax inside where they are taxable.
    pub fn goods(paid: Amount, taxable: bool, rate: Rate) -> Self {
        if taxable { Self::taxable(paid, rate) } else { Self { tax_free: paid, ..Self::default() } }
    }

    /// An amount whose tax was reckoned before; none where it wasn't.
    pub fn with_vat(amount: Amount, taxable: bool, vat: Option<Amount>) -> Option<Self> {
        let vat = vat?;
        let net = amount - vat;
        let (supply, tax_free) = if taxable { (net, Amount::ZERO) } else { (Amount::ZERO, net) };
        Some(Self { supply, vat, tax_free })
    }

    /// All of it.
    pub fn amount(self) -> Amount {
        self.supply + self.vat + self.tax_free
    }
}

impl Add for Taxed {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            supply: self.supply + other.supply,
            vat: self.vat + other.vat,
            tax_free: self.tax_free + other.tax_free,
        }
    }
}

impl Sum for Taxed {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::default(), Add::add)
    }
}
