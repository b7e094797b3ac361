//! Whose policy it is and how a delivery fee is found. Never here: the finding itself, which needs the goods.

use kernel::id::MerchantId;
use kernel::{MallId, Price};
use serde::{Deserialize, Serialize};

/// What names a policy: a merchant may sell in several malls, each with its currency.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PolicyId {
    /// Whose.
    pub merchant: MerchantId,
    /// Where.
    pub mall: MallId,
}

/// `<merchant>_<mall>`; neither holds a `_`.
impl std::fmt::Display for PolicyId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}_{}", self.merchant, self.mall)
    }
}

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
