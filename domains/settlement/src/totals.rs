//! A statement's running sums. Never here: single items.

use kernel::Amount;
use serde::{Deserialize, Serialize};

use crate::item::{Parts, SettlementItem};
use crate::value::TaxType;

/// The sums over a statement's items, in minor units.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// How many items.
    pub items: u32,
    /// The sum of each part.
    #[serde(flatten)]
    pub parts: Parts,
    /// What the merchant is owed for the items.
    #[serde(rename = "net_minor")]
    pub net: Amount,
    /// Supplied with VAT inside (과세).
    #[serde(rename = "taxable_minor")]
    pub taxable: Amount,
    /// Supplied outside VAT (면세).
    #[serde(rename = "tax_free_minor")]
    pub tax_free: Amount,
    /// Supplied with VAT at zero percent (영세율).
    #[serde(rename = "zero_rated_minor")]
    pub zero_rated: Amount,
}

impl Totals {
    /// The sums over some items.
    pub fn of<'a>(items: impl IntoIterator<Item = &'a SettlementItem>) -> Self {
        items.into_iter().fold(Self::default(), Self::with)
    }

    /// The sums with one more item.
    #[must_use]
    pub fn with(mut self, item: &SettlementItem) -> Self {
        self.items = self.items.saturating_add(1);
        self.parts = self.parts.plus(&item.parts);
        self.net += item.net;
        *self.supplied(item.tax) += item.parts.supply();
        self
    }

    fn supplied(&mut self, tax: TaxType) -> &mut Amount {
        match tax {
            TaxType::Taxable => &mut self.taxable,
            TaxType::TaxFree => &mut self.tax_free,
            TaxType::ZeroRated => &mut self.zero_rated,
        }
    }
}
