//! The commission contract: what the marketplace keeps of a sale, how often it settles, and from when on.
//!
//! Never here: an amount. Settlement applies the rates of the contract in force when an order was placed.

use std::collections::BTreeMap;

use kernel::{Rate, Text, Timestamp};
use serde::{Deserialize, Serialize};

/// What was agreed, in force from one instant until the next contract's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contract {
    /// The commission where the category has none of its own, VAT included.
    pub default_rate: Rate,
    /// The commission by standard category, VAT included; at most `policy::CATEGORY_RATES_MAX`.
    pub category_rates: BTreeMap<Text<64>, Rate>,
    /// How often statements close.
    pub cycle: SettlementCycle,
    /// From when on.
    pub effective_from: Timestamp,
}

/// How often a merchant's statements close.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SettlementCycle {
    /// Every day.
    Daily,
    /// Every week.
    Weekly,
    /// Twice a month.
    TwiceMonthly,
    /// Every month.
    Monthly,
}

impl Contract {
    /// The commission on a sale in a category.
    pub fn rate_for(&self, category: &str) -> Rate {
        let own = self.category_rates.iter().find(|(name, _)| name.as_str() == category);
        own.map_or(self.default_rate, |(_, rate)| *rate)
    }
}
