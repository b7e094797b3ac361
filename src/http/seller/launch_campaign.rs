//! `POST /seller/v1/campaigns`: a merchant's own campaign, for its own goods and at its own cost.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use kernel::id::{CampaignId, ProductId};
use kernel::{MallId, Price, Text};
use order::campaign::{Campaign, Owner};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::http::campaign::launch::LaunchCampaign;
use crate::http::campaign::{BenefitBody, DistributionBody, FundingBody, ScopeBody};
use crate::http::{Json, MerchantCaller, Position, Problem, Version, Write, Written};

/// A campaign of your own. You bear what its coupons take off.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LaunchOwnCampaign {
    /// The mall that its coupons can be used in; amounts are in its currency.
    #[schema(value_type = String, example = "main")]
    mall: MallId,
    /// What shoppers call it, at most 120 characters.
    #[schema(value_type = String, max_length = 120)]
    name: Text<120>,
    /// What a coupon takes off.
    benefit: BenefitBody,
    /// The least that the goods it covers must come to, at their price.
    #[serde(default)]
    #[schema(value_type = i64, minimum = 0)]
    minimum_spend_minor: Price,
    /// Which of your goods it covers; all of them unless said otherwise.
    #[serde(default)]
    scope: OwnScope,
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
    #[serde(deserialize_with = "crate::http::instant::given")]
    from: DateTime<Utc>,
    /// The first instant after that.
    #[serde(deserialize_with = "crate::http::instant::given")]
    until: DateTime<Utc>,
    /// A coupon ends so many times 24 hours after it was handed out, and with the campaign at the latest.
    #[schema(minimum = 1, maximum = 1095)]
    valid_days: Option<u16>,
}

/// Which of a merchant's own goods. What has nothing more to say has braces: only so nothing more is taken.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum OwnScope {
    /// All that you sell in the mall, now and later.
    Everything {},
    /// These.
    Products {
        /// Which: 1 to 200 of your own.
        #[schema(value_type = Vec<Uuid>)]
        products: BTreeSet<ProductId>,
    },
}

impl Default for OwnScope {
    fn default() -> Self {
        Self::Everything {}
    }
}

impl From<OwnScope> for ScopeBody {
    fn from(scope: OwnScope) -> Self {
        match scope {
            OwnScope::Everything {} => Self::Everything {},
            OwnScope::Products { products } => Self::Products { products },
        }
    }
}

impl From<LaunchOwnCampaign> for LaunchCampaign {
    fn from(own: LaunchOwnCampaign) -> Self {
        Self {
            mall: own.mall,
            name: own.name,
            benefit: own.benefit,
            minimum_spend_minor: own.minimum_spend_minor,
            scope: own.scope.into(),
            funding: FundingBody::Merchant {},
            stackable: own.stackable,
            back_at_cancel: own.back_at_cancel,
            distribution: own.distribution,
            total: own.total,
            per_member: own.per_member,
            from: own.from,
            until: own.until,
            valid_days: own.valid_days,
        }
    }
}

/// Launch a campaign of your own. What it says never changes; it can be paused, resumed and ended.
#[utoipa::path(
    post,
    path = "/campaigns",
    operation_id = "launch_own_campaign",
    request_body = LaunchOwnCampaign,
    responses(
        (status = 201, body = Written),
        (status = 404, description = "`mall_not_found`; `not_found`: a product is none of yours"),
        (status = 409, description = "`merchant_not_trading`, `campaign_code_taken`"),
        (status = 422, description = "What a campaign can't say: `campaign_no_benefit`, `campaign_bad_period`, …"),
    ),
)]
pub async fn launch_campaign(
    State(app): State<App>,
    caller: MerchantCaller,
    write: Write<LaunchOwnCampaign>,
) -> Result<(StatusCode, (Position, Version, Json<Written>)), Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let campaign = CampaignId(write.derive(&caller.actor(), "campaign"));
    let asked = LaunchCampaign::from(write.body);
    let currency = app.mall(&asked.mall)?.currency;
    let new = asked.of(campaign, currency, Owner::Merchant(caller.merchant));
    let outcome = app.launch_own_campaign(&context, caller.merchant, new).await?;
    Ok((StatusCode::CREATED, Written::reply::<Campaign>(&campaign, campaign.0, &outcome)))
}
