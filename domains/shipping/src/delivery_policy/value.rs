//! How a delivery fee is found. Never here: the finding itself, which needs the goods.

use kernel::Price;
use serde::{Deserialize, Serialize};

/// How the fee of one delivery group is found. Prices are minor units of the mall's currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FeeRule {
    /// No fee.
    #[default]
    Free,
    /// The same fee whatever is in the group.
    Fixed {
        /// The fee.
        #[serde(rename = "fee_minor")]
        fee: Price,
    },
    /// No fee from a value of goods on, else this fee.
    FreeOver {
        /// The fee below the threshold.
        #[serde(rename = "fee_minor")]
        fee: Price,
        /// The value of goods from which it is free; above zero.
        #[serde(rename = "threshold_minor")]
        threshold: Price,
    },
    /// A carrier quotes the fee, order by order.
    Quoted,
}
