//! What happened to a coupon. Every fact says whose it is and of which campaign, so that a read model needs no fold.
//!
//! Wire names and field names are forever. Never here: a rule.

use kernel::Timestamp;
use kernel::id::{CampaignId, CouponId, MemberId, OrderId};
use serde::{Deserialize, Serialize};

use crate::campaign::Terms;

/// A fact about a coupon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// It was handed to a member.
    Issued(Issued),
    /// It is kept for an order.
    Held(Held),
    /// It was used up by an order.
    Used(Used),
    /// An order let go of it unused.
    Released(Released),
    /// It came back from a cancelled order.
    GivenBack(GivenBack),
    /// It was taken back unused.
    Revoked(Revoked),
}

kernel::domain_event! { Event {
    Issued => "issued" 1,
    Held => "held" 1,
    Used => "used" 1,
    Released => "released" 1,
    GivenBack => "given_back" 1,
    Revoked => "revoked" 1,
} }

/// The coupon was handed to a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// Which.
    pub coupon: CouponId,
    /// Of which campaign.
    pub campaign: CampaignId,
    /// To whom.
    pub member: MemberId,
    /// The member's first of this campaign, second, and so on; from 1.
    pub nth: u32,
    /// What it is good for, whatever becomes of the campaign.
    pub terms: Terms,
    /// Its first instant.
    pub valid_from: Timestamp,
    /// The first instant after its end.
    pub valid_until: Timestamp,
    /// When.
    pub at: Timestamp,
}

/// The coupon is kept for an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Which.
    pub coupon: CouponId,
    /// Of which campaign.
    pub campaign: CampaignId,
    /// Whose.
    pub member: MemberId,
    /// For which order.
    pub order: OrderId,
    /// When.
    pub at: Timestamp,
}

/// The coupon was used up by an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Used {
    /// Which.
    pub coupon: CouponId,
    /// Of which campaign.
    pub campaign: CampaignId,
    /// Whose.
    pub member: MemberId,
    /// By which order.
    pub order: OrderId,
    /// When.
    pub at: Timestamp,
}

/// The order let go of the coupon unused: it can be used again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Released {
    /// Which.
    pub coupon: CouponId,
    /// Of which campaign.
    pub campaign: CampaignId,
    /// Whose.
    pub member: MemberId,
    /// Which order let go.
    pub order: OrderId,
    /// When.
    pub at: Timestamp,
}

/// The coupon came back from an order that was cancelled as a whole: it can be used again while it is valid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenBack {
    /// Which.
    pub coupon: CouponId,
    /// Of which campaign.
    pub campaign: CampaignId,
    /// Whose.
    pub member: MemberId,
    /// Which order was cancelled.
    pub order: OrderId,
    /// When.
    pub at: Timestamp,
}

/// The coupon was taken back unused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revoked {
    /// Which.
    pub coupon: CouponId,
    /// Of which campaign.
    pub campaign: CampaignId,
    /// Whose.
    pub member: MemberId,
    /// When.
    pub at: Timestamp,
}
