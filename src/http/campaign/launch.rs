//! A campaign as operators say and see it: what its coupons are good for, who pays, how many there are and for how long.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use kernel::id::{CampaignId, MerchantId, ProductId};
use kernel::{Currency, MallId, Price, Rate, Text};
use order::campaign::code::CampaignCode;
use order::campaign::{Benefit, Distribution, Funding, Limits, Owner, Period, Plan, Scope, Terms};
use product::CategoryCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::service::campaigns::NewCampaign;

/// A campaign to launch.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LaunchCampaign {
    /// The mall that its coupons can be used in; amounts are in its currency.
    #[schema(value_type = String)]
    pub mall: MallId,
    /// What shoppers call it.
    #[schema(value_type = String, max_length = 120)]
    name: Text<120>,
    /// What a coupon takes off.
    benefit: BenefitBody,
    /// The least that the goods it covers must come to, at their price.
    #[serde(default)]
    #[schema(value_type = i64, minimum = 0)]
    minimum_spend_minor: Price,
    /// Which goods it covers; everything unless said otherwise.
    #[serde(default)]
    scope: ScopeBody,
    /// Who bears what it takes off; the platform unless said otherwise.
    #[serde(default)]
    funding: FundingBody,
    /// Whether it may be used together with other stackable coupons on one order.
    #[serde(default)]
    stackable: bool,
    /// Whether it is given back when its order is cancelled as a whole.
    #[serde(default)]
    back_at_cancel: bool,
    /// How a member comes to one.
    distribution: DistributionBody,
    /// How many there are in all; absent is as many as are asked for.
    #[schema(minimum = 1, maximum = 100_000_000)]
    total: Option<u32>,
    /// How many one member can have; 1 unless said otherwise.
    #[schema(minimum = 1, maximum = 100)]
    per_member: Option<u32>,
    /// From when on coupons can be had and used.
    from: DateTime<Utc>,
    /// The first instant after that.
    until: DateTime<Utc>,
    /// A coupon ends so many times 24 hours after it was handed out, and with the campaign at the latest.
    #[schema(minimum = 1, maximum = 1095)]
    valid_days: Option<u16>,
}

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
    /// Those classified by exactly these standard categories.
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
pub(super) enum DistributionBody {
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

impl LaunchCampaign {
    /// The campaign that it asks for, of the platform.
    pub(super) fn of(self, campaign: CampaignId, currency: Currency) -> NewCampaign {
        let terms = Terms {
            mall: self.mall,
            currency,
            owner: Owner::Platform,
            benefit: self.benefit.into(),
            minimum_spend: self.minimum_spend_minor,
            scope: self.scope.into(),
            funding: self.funding.into(),
            stackable: self.stackable,
            back_at_cancel: self.back_at_cancel,
        };
        let (distribution, code) = match self.distribution {
            DistributionBody::Download {} => (Distribution::Download, None),
            DistributionBody::Code { code } => (Distribution::Code, Some(code)),
            DistributionBody::Grant {} => (Distribution::Grant, None),
        };
        let plan = Plan {
            name: self.name,
            terms,
            distribution,
            limits: Limits { total: self.total, per_member: self.per_member.unwrap_or(1) },
            period: Period { from: self.from, until: self.until },
            valid_days: self.valid_days,
        };
        NewCampaign { campaign, plan, code }
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
