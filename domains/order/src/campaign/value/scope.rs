//! Which goods a campaign's coupons are good for. Never here: whose campaign it is (see [`Terms`](super::Terms)).

use std::collections::BTreeSet;

use kernel::id::{MerchantId, ProductId};
use serde::{Deserialize, Serialize};

/// Which goods. No set is empty, and each has a limit in [`policy`](crate::campaign::policy).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "of", rename_all = "snake_case")]
pub enum Scope {
    /// All of the mall's.
    Everything,
    /// Those of these codes of the standard classification, as an order's lines hold them. A code covers exactly itself,
    /// nothing beneath it: who means a branch names each code of it, which the edge does when the campaign is launched.
    Categories(BTreeSet<String>),
    /// Those of these merchants.
    Merchants(BTreeSet<MerchantId>),
    /// These.
    Products(BTreeSet<ProductId>),
}

impl Scope {
    /// Whether a product of this merchant, under exactly this code of the standard classification, is among them.
    pub fn covers(&self, merchant: MerchantId, product: ProductId, category: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::Categories(codes) => codes.contains(category),
            Self::Merchants(merchants) => merchants.contains(&merchant),
            Self::Products(products) => products.contains(&product),
        }
    }
}
