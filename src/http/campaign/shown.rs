//! A campaign as its owner and operators read it: what it says, how far it has come, what it has cost.

use chrono::{DateTime, Utc};
use projections::campaigns::{CampaignState, CampaignView};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{BenefitBody, FundingBody, ScopeBody};

/// Where a campaign stands.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CampaignStanding {
    /// Its period has not begun.
    Upcoming,
    /// It hands out coupons, as long as there are any.
    Running,
    /// It hands out none for now.
    Paused,
    /// Its period is over.
    Over,
    /// It was ended for good.
    Ended,
}

/// A campaign. Amounts are minor units of its currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShownCampaign {
    /// The campaign.
    campaign: Uuid,
    /// The mall that its coupons can be used in.
    mall: String,
    /// Whose it is; null where it is the platform's.
    merchant: Option<Uuid>,
    /// What shoppers call it.
    name: String,
    /// `upcoming`, `running`, `paused`, `over` (its period) or `ended` (for good), as of now.
    state: String,
    /// ISO 4217.
    currency: String,
    /// What a coupon takes off.
    benefit: BenefitBody,
    /// The least that the goods it covers must come to, at their price.
    minimum_spend_minor: i64,
    /// Which goods it covers.
    scope: ScopeBody,
    /// Who bears what it takes off.
    funding: FundingBody,
    /// Whether it may be used together with other stackable coupons on one order.
    stackable: bool,
    /// Whether it is given back when its order is cancelled as a whole.
    back_at_cancel: bool,
    /// `download`, `code` or `grant`.
    distribution: String,
    /// The code that leads to it, where one does.
    code: Option<String>,
    /// How many coupons one member can have.
    per_member: i64,
    /// From when on coupons can be had and used.
    from: DateTime<Utc>,
    /// The first instant after that.
    until: DateTime<Utc>,
    /// A coupon ends so many times 24 hours after it was handed out, and with the campaign at the latest.
    valid_days: Option<i32>,
    /// What its coupons come to.
    coupons: CouponCounts,
    /// What the used coupons took off their orders when these were placed, whoever bears it. A coupon that comes back takes
    /// its discount with it; pieces that are cancelled or returned later don't.
    discount_used_minor: i64,
    /// When it was launched.
    launched_at: DateTime<Utc>,
    /// The campaign's version, for `If-Match`.
    version: i64,
}

/// A campaign's coupons by where they stand.
#[derive(Debug, Serialize, ToSchema)]
pub struct CouponCounts {
    /// How many there are in all; null where there is no limit.
    total: Option<i64>,
    /// How many were handed out.
    issued: i64,
    /// How many are left; null where there is no limit.
    left: Option<i64>,
    /// How many of them orders hold that wait for their payment.
    held: i64,
    /// How many of them are used up.
    used: i64,
    /// How often one came back from an order that was cancelled as a whole.
    given_back: i64,
    /// How many of them were taken back.
    revoked: i64,
}

impl From<CampaignStanding> for CampaignState {
    fn from(standing: CampaignStanding) -> Self {
        match standing {
            CampaignStanding::Upcoming => Self::Upcoming,
            CampaignStanding::Running => Self::Running,
            CampaignStanding::Paused => Self::Paused,
            CampaignStanding::Over => Self::Over,
            CampaignStanding::Ended => Self::Ended,
        }
    }
}

impl From<CampaignView> for ShownCampaign {
    fn from(view: CampaignView) -> Self {
        Self {
            campaign: view.campaign,
            mall: view.mall,
            merchant: view.merchant,
            name: view.name,
            state: view.state,
            currency: view.currency,
            benefit: view.benefit.0.into(),
            minimum_spend_minor: view.minimum_spend_minor,
            scope: view.scope.0.into(),
            funding: view.funding.0.into(),
            stackable: view.stackable,
            back_at_cancel: view.back_at_cancel,
            distribution: view.distribution,
            code: view.code,
            per_member: view.per_member,
            from: view.begins_at,
            until: view.ends_at,
            valid_days: view.valid_days,
            coupons: CouponCounts {
                total: view.total,
                issued: view.issued,
                left: view.total.map(|total| total.saturating_sub(view.issued)),
                held: view.held,
                used: view.used,
                given_back: view.given_back,
                revoked: view.revoked,
            },
            discount_used_minor: view.discount_minor,
            launched_at: view.launched_at,
            version: view.position,
        }
    }
}
