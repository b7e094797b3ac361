//! A campaign as who launches it says it. What a plan may be is its aggregate's to say.

use chrono::{DateTime, Utc};
use kernel::id::CampaignId;
use kernel::{Currency, MallId, Price, Text};
use order::campaign::{Distribution, Limits, Owner, Period, Plan, Terms};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{BenefitBody, DistributionBody, FundingBody, ScopeBody};
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
    pub(in crate::http) name: Text<120>,
    /// What a coupon takes off.
    pub(in crate::http) benefit: BenefitBody,
    /// The least that the goods it covers must come to, at their price.
    #[serde(default)]
    #[schema(value_type = i64, minimum = 0)]
    pub(in crate::http) minimum_spend_minor: Price,
    /// Which goods it covers; everything unless said otherwise.
    #[serde(default)]
    pub(in crate::http) scope: ScopeBody,
    /// Who bears what it takes off; the platform unless said otherwise.
    #[serde(default)]
    pub(in crate::http) funding: FundingBody,
    /// Whether it may be used together with other stackable coupons on one order.
    #[serde(default)]
    pub(in crate::http) stackable: bool,
    /// Whether it is given back when its order is cancelled as a whole.
    #[serde(default)]
    pub(in crate::http) back_at_cancel: bool,
    /// How a member comes to one.
    pub(in crate::http) distribution: DistributionBody,
    /// How many there are in all; absent is as many as are asked for.
    #[schema(minimum = 1, maximum = 100_000_000)]
    pub(in crate::http) total: Option<u32>,
    /// How many one member can have; 1 unless said otherwise.
    #[schema(minimum = 1, maximum = 100)]
    pub(in crate::http) per_member: Option<u32>,
    /// From when on coupons can be had and used.
    #[serde(deserialize_with = "crate::http::instant::given")]
    pub(in crate::http) from: DateTime<Utc>,
    /// The first instant after that.
    #[serde(deserialize_with = "crate::http::instant::given")]
    pub(in crate::http) until: DateTime<Utc>,
    /// A coupon ends so many times 24 hours after it was handed out, and with the campaign at the latest.
    #[schema(minimum = 1, maximum = 1095)]
    pub(in crate::http) valid_days: Option<u16>,
}

impl LaunchCampaign {
    /// The campaign that it asks for, of this owner.
    pub(in crate::http) fn of(self, campaign: CampaignId, currency: Currency, owner: Owner) -> NewCampaign {
        let terms = Terms {
            mall: self.mall,
            currency,
            owner,
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
