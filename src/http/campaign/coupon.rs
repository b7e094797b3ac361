//! A coupon (쿠폰) as it is read: by its member with what it is good for, by operators and its campaign's owner in short.

use chrono::{DateTime, Utc};
use projections::campaigns::{CampaignView, CouponState, CouponView};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{BenefitBody, ScopeBody};

/// Where a coupon stands.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CouponStanding {
    /// It can't be used yet.
    Upcoming,
    /// It can be used.
    Usable,
    /// An order that waits for its payment holds it.
    Held,
    /// An order used it up.
    Used,
    /// It was not used in time, or taken back.
    Ended,
}

/// Which coupons.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CouponFilter {
    /// Those that stand here.
    #[param(inline)]
    pub(in crate::http) state: Option<CouponStanding>,
}

/// What a coupon is good for. Amounts are minor units of its currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct CouponTerms {
    /// Its campaign.
    campaign: Uuid,
    /// What the campaign is called.
    name: String,
    /// The merchant whose goods alone it is good for; null where it comes from the platform.
    merchant: Option<Uuid>,
    /// ISO 4217.
    currency: String,
    /// What it takes off.
    benefit: BenefitBody,
    /// The least that the goods it covers must come to, at their price.
    minimum_spend_minor: i64,
    /// Which goods it covers.
    scope: ScopeBody,
    /// Whether it may be used together with other stackable coupons on one order.
    stackable: bool,
    /// Whether it is given back when its order is cancelled as a whole.
    back_at_cancel: bool,
}

/// A shopper's own coupon.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnCoupon {
    /// The coupon, to name in a quote and an order.
    coupon: Uuid,
    /// `upcoming`, `usable`, `held`, `used` or `ended`, as of now. What an order waits to pay for holds it.
    state: String,
    /// What it is good for.
    #[serde(flatten)]
    terms: CouponTerms,
    /// From when on it can be used.
    valid_from: DateTime<Utc>,
    /// The first instant after its end.
    valid_until: DateTime<Utc>,
    /// The order that holds or used it.
    order: Option<Uuid>,
    /// What it takes off that order.
    discount_minor: i64,
    /// When it was taken.
    issued_at: DateTime<Utc>,
    /// When it was used up.
    used_at: Option<DateTime<Utc>>,
}

/// A campaign of which a coupon can be taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct CouponToTake {
    /// What a coupon of it is good for.
    #[serde(flatten)]
    terms: CouponTerms,
    /// How many are left in all, as far as known; null where there is no limit.
    left: Option<i64>,
    /// How many one member can have.
    per_member: i64,
    /// Until when one can be had and used: the first instant after that.
    until: DateTime<Utc>,
    /// It ends so many times 24 hours after it is taken, and then at the latest.
    valid_days: Option<i32>,
}

/// A coupon of a campaign.
#[derive(Debug, Serialize, ToSchema)]
pub struct HandedOut {
    /// The coupon.
    coupon: Uuid,
    /// Whose it is.
    member: Uuid,
    /// The member's first of the campaign, second, and so on.
    nth: i64,
    /// `upcoming`, `usable`, `held`, `used` or `ended`, as of now.
    state: String,
    /// Whether it was taken back.
    revoked: bool,
    /// The order that holds or used it.
    order: Option<Uuid>,
    /// What it takes off that order.
    discount_minor: i64,
    /// How often it came back from an order that was cancelled as a whole.
    given_back: i64,
    /// From when on it can be used.
    valid_from: DateTime<Utc>,
    /// The first instant after its end.
    valid_until: DateTime<Utc>,
    /// When it was handed out.
    issued_at: DateTime<Utc>,
    /// When it was used up.
    used_at: Option<DateTime<Utc>>,
}

impl From<CouponStanding> for CouponState {
    fn from(standing: CouponStanding) -> Self {
        match standing {
            CouponStanding::Upcoming => Self::Upcoming,
            CouponStanding::Usable => Self::Usable,
            CouponStanding::Held => Self::Held,
            CouponStanding::Used => Self::Used,
            CouponStanding::Ended => Self::Ended,
        }
    }
}

impl From<CouponView> for OwnCoupon {
    fn from(view: CouponView) -> Self {
        Self {
            coupon: view.coupon,
            state: view.state,
            terms: CouponTerms {
                campaign: view.campaign,
                name: view.name,
                merchant: view.merchant,
                currency: view.currency,
                benefit: view.benefit.0.into(),
                minimum_spend_minor: view.minimum_spend_minor,
                scope: view.scope.0.into(),
                stackable: view.stackable,
                back_at_cancel: view.back_at_cancel,
            },
            valid_from: view.valid_from,
            valid_until: view.valid_until,
            order: view.order,
            discount_minor: view.discount_minor,
            issued_at: view.issued_at,
            used_at: view.used_at,
        }
    }
}

impl From<CampaignView> for CouponToTake {
    fn from(view: CampaignView) -> Self {
        Self {
            terms: CouponTerms {
                campaign: view.campaign,
                name: view.name,
                merchant: view.merchant,
                currency: view.currency,
                benefit: view.benefit.0.into(),
                minimum_spend_minor: view.minimum_spend_minor,
                scope: view.scope.0.into(),
                stackable: view.stackable,
                back_at_cancel: view.back_at_cancel,
            },
            left: view.total.map(|total| total.saturating_sub(view.issued)),
            per_member: view.per_member,
            until: view.ends_at,
            valid_days: view.valid_days,
        }
    }
}

impl From<CouponView> for HandedOut {
    fn from(view: CouponView) -> Self {
        Self {
            coupon: view.coupon,
            member: view.member,
            nth: view.nth,
            state: view.state,
            revoked: view.revoked,
            order: view.order,
            discount_minor: view.discount_minor,
            given_back: view.given_back,
            valid_from: view.valid_from,
            valid_until: view.valid_until,
            issued_at: view.issued_at,
            used_at: view.used_at,
        }
    }
}
