//! What an issued coupon carries with it, frozen at its issue. Never here: an order's lines, or a sum over them.

use kernel::id::{MerchantId, ProductId};
use kernel::{Currency, MallId, Price, Rate};
use serde::{Deserialize, Serialize};

use super::Scope;

/// What a coupon takes off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Benefit {
    /// An amount.
    Amount {
        /// In minor units of the campaign's currency.
        #[serde(rename = "off_minor")]
        off: Price,
    },
    /// A share of the goods that it covers.
    Rate {
        /// The share.
        rate: Rate,
        /// No more than this, in minor units of the campaign's currency.
        #[serde(rename = "cap_minor")]
        cap: Option<Price>,
    },
}

/// Who bears what a coupon takes off a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Funding {
    /// The platform.
    Platform,
    /// The line's own merchant.
    Merchant,
    /// Both.
    Shared {
        /// The share that the line's own merchant bears; the platform bears the rest.
        merchant: Rate,
    },
}

/// Whose campaign it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "merchant", rename_all = "snake_case")]
pub enum Owner {
    /// The platform's.
    Platform,
    /// A merchant's own: funded by the merchant, and good for nobody else's goods.
    Merchant(MerchantId),
}

/// What a coupon is good for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// The mall that it can be used in.
    pub mall: MallId,
    /// The currency of all its amounts; an order in another can't use it.
    pub currency: Currency,
    /// Whose campaign it comes from.
    pub owner: Owner,
    /// What it takes off.
    pub benefit: Benefit,
    /// The least that the goods it covers must come to.
    #[serde(rename = "minimum_spend_minor")]
    pub minimum_spend: Price,
    /// Which goods, within the owner's reach: ask [`Terms::covers`].
    pub scope: Scope,
    /// Who bears what it takes off.
    pub funding: Funding,
    /// Whether it may be used together with other stackable coupons on one order.
    pub stackable: bool,
    /// Whether it is given back when its order is cancelled as a whole.
    pub back_at_cancel: bool,
}

impl Terms {
    /// Whether a product of this merchant in this branch is covered: a merchant's own campaign never covers another
    /// merchant's goods, whatever its scope says.
    pub fn covers(&self, merchant: MerchantId, product: ProductId, branch: &[String]) -> bool {
        self.owner.reaches(merchant) && self.scope.covers(merchant, product, branch)
    }
}

impl Owner {
    fn reaches(self, merchant: MerchantId) -> bool {
        match self {
            Self::Platform => true,
            Self::Merchant(own) => own == merchant,
        }
    }
}
