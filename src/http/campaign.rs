//! Campaigns (쿠폰 캠페인) and coupons as callers say and read them: what a coupon takes off, of which goods, who bears it, and
//! how a member comes to one. Operators and merchants speak of them alike; the endpoints are theirs.

pub mod coupon;
pub mod launch;
pub mod shown;
pub mod step;

use std::collections::BTreeSet;

use kernel::id::{MerchantId, ProductId};
use kernel::{Price, Rate};
use order::campaign::code::CampaignCode;
use order::campaign::{Benefit, Funding, Scope};
use product::CategoryCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a coupon takes off.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum BenefitBody {
    /// An amount.
    Amount {
        /// In minor units.
        #[schema(value_type = i64, minimum = 1)]
        off_minor: Price,
    },
    /// A share of the goods that it covers.
    Rate {
        /// The share, up to 1.
        #[schema(value_type = String, example = "0.1")]
        rate: Rate,
        /// No more than this, in minor units.
        #[schema(value_type = Option<i64>, minimum = 1)]
        cap_minor: Option<Price>,
    },
}

/// Which goods. Those with nothing more to say have braces: only so nothing more is taken.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum ScopeBody {
    /// All of the mall's.
    Everything {},
    /// Those of these standard categories and of everything below them, as they stand when an order is quoted.
    Categories {
        /// Their codes.
        #[schema(value_type = Vec<String>)]
        categories: BTreeSet<CategoryCode>,
    },
    /// Those of these merchants.
    Merchants {
        /// Which.
        #[schema(value_type = Vec<Uuid>)]
        merchants: BTreeSet<MerchantId>,
    },
    /// These.
    Products {
        /// Which.
        #[schema(value_type = Vec<Uuid>)]
        products: BTreeSet<ProductId>,
    },
}

/// Who bears what a coupon takes off a line.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum FundingBody {
    /// The platform.
    Platform {},
    /// The line's own merchant.
    Merchant {},
    /// Both.
    Shared {
        /// The merchant's share, below 1.
        #[schema(value_type = String, example = "0.5")]
        merchant_rate: Rate,
    },
}

/// How a member comes to a coupon.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum DistributionBody {
    /// Any member takes one.
    Download {},
    /// Who knows the code takes one.
    Code {
        /// 4 to 32 of `A-Z`, `0-9` and `-`, once per mall.
        #[schema(value_type = String, example = "SPRING-26")]
        code: CampaignCode,
    },
    /// Only operators hand them out.
    Grant {},
}

impl Default for ScopeBody {
    fn default() -> Self {
        Self::Everything {}
    }
}

impl Default for FundingBody {
    fn default() -> Self {
        Self::Platform {}
    }
}

impl From<BenefitBody> for Benefit {
    fn from(benefit: BenefitBody) -> Self {
        match benefit {
            BenefitBody::Amount { off_minor: off } => Self::Amount { off },
            BenefitBody::Rate { rate, cap_minor: cap } => Self::Rate { rate, cap },
        }
    }
}

impl From<ScopeBody> for Scope {
    fn from(scope: ScopeBody) -> Self {
        match scope {
            ScopeBody::Everything {} => Self::Everything,
            ScopeBody::Categories { categories } => {
                Self::Categories(categories.iter().map(ToString::to_string).collect())
            }
            ScopeBody::Merchants { merchants } => Self::Merchants(merchants),
            ScopeBody::Products { products } => Self::Products(products),
        }
    }
}

impl From<FundingBody> for Funding {
    fn from(funding: FundingBody) -> Self {
        match funding {
            FundingBody::Platform {} => Self::Platform,
            FundingBody::Merchant {} => Self::Merchant,
            FundingBody::Shared { merchant_rate: merchant } => Self::Shared { merchant },
        }
    }
}

impl From<Benefit> for BenefitBody {
    fn from(benefit: Benefit) -> Self {
        match benefit {
            Benefit::Amount { off: off_minor } => Self::Amount { off_minor },
            Benefit::Rate { rate, cap: cap_minor } => Self::Rate { rate, cap_minor },
        }
    }
}

impl From<Scope> for ScopeBody {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::Everything => Self::Everything {},
            // They were codes when the campaign was launched.
            Scope::Categories(codes) => Self::Categories {
                categories: codes.into_iter().filter_map(|code| CategoryCode::new(code).ok()).collect(),
            },
            Scope::Merchants(merchants) => Self::Merchants { merchants },
            Scope::Products(products) => Self::Products { products },
        }
    }
}

impl From<Funding> for FundingBody {
    fn from(funding: Funding) -> Self {
        match funding {
            Funding::Platform => Self::Platform {},
            Funding::Merchant => Self::Merchant {},
            Funding::Shared { merchant: merchant_rate } => Self::Shared { merchant_rate },
        }
    }
}
