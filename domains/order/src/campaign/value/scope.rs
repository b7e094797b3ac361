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
    /// Those of these branches of the standard classification: a code covers itself and everything beneath it, as the
    /// classification stands when an order is quoted.
    Categories(BTreeSet<String>),
    /// Those of these merchants.
    Merchants(BTreeSet<MerchantId>),
    /// These.
    Products(BTreeSet<ProductId>),
}

impl Scope {
    /// Whether a product of this merchant is among them. The branch is its category's code and those of all above it.
    pub fn covers(&self, merchant: MerchantId, product: ProductId, branch: &[String]) -> bool {
        match self {
            Self::Everything => true,
            Self::Categories(codes) => branch.iter().any(|code| codes.contains(code)),
            Self::Merchants(merchants) => merchants.contains(&merchant),
            Self::Products(products) => products.contains(&product),
        }
    }
}
