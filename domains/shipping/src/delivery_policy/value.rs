//! Whose policy it is and how a delivery fee is found. Never here: the finding itself, which needs the goods.

use kernel::id::MerchantId;
use kernel::{MallId, Price};
use serde::{Deserialize, Serialize};

use crate::RemoteArea;

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

/// What delivery to a remote area costs on top, per delivery group and whatever the fee's rule says; prices are minor
/// units of the mall's currency, zero where nothing is charged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteSurcharges {
    /// To Jeju (제주).
    #[serde(rename = "jeju_minor")]
    pub jeju: Price,
    /// To other islands and places hard to reach (도서산간).
    #[serde(rename = "island_minor")]
    pub island: Price,
}

impl RemoteSurcharges {
    /// What an area costs on top; nothing where it isn't remote.
    pub fn of(self, area: Option<RemoteArea>) -> Price {
        match area {
            None => Price::ZERO,
            Some(RemoteArea::Jeju) => self.jeju,
            Some(RemoteArea::Island) => self.island,
        }
    }

    /// Whether nothing is charged anywhere; as serde asks.
    pub(super) fn are_none(&self) -> bool {
        *self == Self::default()
    }
}
