//! The rows of the campaign tables. A field is a column of the same name; amounts are minor units.

use chrono::{DateTime, Utc};
use kernel::id::{CampaignId, CouponId, MemberId, MerchantId, OrderId};
use kernel::{Amount, Currency, MallId, Price, Text};
use order::campaign::code::CampaignCode;
use order::campaign::{Benefit, Distribution, Funding, Phase, Scope};
use serde::Serialize;

use crate::touched::{Beginning, Change, replace};

/// What an event does to the campaign tables.
#[derive(Debug)]
pub enum Row {
    /// A campaign begins.
    Launched(Box<Campaign>),
    /// It changes.
    CampaignChanged(CampaignChange),
    /// A coupon is handed out.
    Issued(Coupon),
    /// It changes.
    CouponChanged(CouponChange),
}

/// A campaign as launched.
#[derive(Debug, Serialize)]
pub struct Campaign {
    pub(super) mall: MallId,
    pub(super) merchant: Option<MerchantId>,
    pub(super) name: Text<120>,
    pub(super) currency: Currency,
    pub(super) benefit: Benefit,
    pub(super) minimum_spend_minor: Price,
    pub(super) scope: Scope,
    pub(super) funding: Funding,
    pub(super) stackable: bool,
    pub(super) back_at_cancel: bool,
    pub(super) distribution: Distribution,
    pub(super) total: Option<u32>,
    pub(super) per_member: u32,
    pub(super) begins_at: DateTime<Utc>,
    pub(super) ends_at: DateTime<Utc>,
    pub(super) valid_days: Option<u16>,
    pub(super) launched_at: DateTime<Utc>,
    #[serde(flatten)]
    pub(super) counts: Counts,
    #[serde(flatten)]
    pub(super) change: CampaignChange,
}

/// What a campaign's coupons come to: nothing at first, then reckoned where they are written.
#[derive(Debug, Default, Serialize)]
pub(super) struct Counts {
    held: u32,
    used: u32,
    given_back: u32,
    revoked: u32,
    discount_minor: Amount,
}

/// What changes in a campaign; `None` stays as it was.
#[derive(Debug, Clone, Serialize)]
pub struct CampaignChange {
    pub(super) campaign: CampaignId,
    pub(super) phase: Option<Phase>,
    pub(super) issued: Option<u32>,
    /// Whether its code changes; to none, where it has none any more.
    pub(super) code_changes: bool,
    pub(super) code: Option<CampaignCode>,
    pub(super) position: Option<i64>,
}

/// A coupon as issued.
#[derive(Debug, Serialize)]
pub struct Coupon {
    pub(super) campaign: CampaignId,
    pub(super) member: MemberId,
    pub(super) nth: u32,
    pub(super) valid_from: DateTime<Utc>,
    pub(super) valid_until: DateTime<Utc>,
    pub(super) issued_at: DateTime<Utc>,
    #[serde(flatten)]
    pub(super) change: CouponChange,
}

/// Where a coupon stands, as its column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum CouponPhase {
    /// Nobody has it but its member.
    Issued,
    /// An order holds it.
    Held,
    /// An order used it up.
    Used,
    /// It was taken back.
    Revoked,
}

/// What changes in a coupon; `None` stays as it was, and order and use go with the phase.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct CouponChange {
    pub(super) coupon: CouponId,
    pub(super) phase: Option<CouponPhase>,
    pub(super) order_id: Option<OrderId>,
    pub(super) used_at: Option<DateTime<Utc>>,
    pub(super) discount_minor: Option<Amount>,
    /// How many times more it came back.
    pub(super) given_back: u32,
    pub(super) position: Option<i64>,
}

impl CampaignChange {
    /// A campaign that is as it was.
    pub(super) const fn none(campaign: CampaignId) -> Self {
        Self { campaign, phase: None, issued: None, code_changes: false, code: None, position: None }
    }
}

impl CouponChange {
    /// A coupon that is as it was.
    pub(super) const fn none(coupon: CouponId) -> Self {
        Self {
            coupon,
            phase: None,
            order_id: None,
            used_at: None,
            discount_minor: None,
            given_back: 0,
            position: None,
        }
    }
}

impl Change for CampaignChange {
    type Key = CampaignId;

    fn key(&self) -> CampaignId {
        self.campaign
    }

    fn then(&mut self, later: Self) {
        replace(&mut self.phase, later.phase);
        replace(&mut self.issued, later.issued);
        if later.code_changes {
            (self.code_changes, self.code) = (true, later.code);
        }
        replace(&mut self.position, later.position);
    }
}

impl Beginning<CampaignChange> for Campaign {
    fn key(&self) -> CampaignId {
        self.change.campaign
    }

    fn absorb(&mut self, change: CampaignChange) {
        self.change.then(change);
    }
}

impl Change for CouponChange {
    type Key = CouponId;

    fn key(&self) -> CouponId {
        self.coupon
    }

    fn then(&mut self, later: Self) {
        if later.phase.is_some() {
            (self.phase, self.order_id, self.used_at) = (later.phase, later.order_id, later.used_at);
        }
        replace(&mut self.discount_minor, later.discount_minor);
        self.given_back = self.given_back.saturating_add(later.given_back);
        replace(&mut self.position, later.position);
    }
}

impl Beginning<CouponChange> for Coupon {
    fn key(&self) -> CouponId {
        self.change.coupon
    }

    fn absorb(&mut self, change: CouponChange) {
        self.change.then(change);
    }
}
