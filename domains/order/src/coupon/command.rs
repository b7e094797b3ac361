//! What can be asked of a coupon. Never here: a rule.

use kernel::Timestamp;
use kernel::id::{CampaignId, CouponId, MemberId, OrderId};
use serde::{Deserialize, Serialize};

use crate::campaign::Terms;

/// Something asked of a coupon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Command {
    /// Hand it to a member.
    Issue(Issue),
    /// Keep it for an order that is placed.
    Hold(Hold),
    /// Use it up: the order was paid.
    Use(Use),
    /// Let go of it: the order was never paid.
    Release(Release),
    /// Give it back: the order was cancelled as a whole after it was paid.
    GiveBack(GiveBack),
    /// Take it back unused.
    Revoke(Revoke),
}

/// Hand a coupon to a member; its campaign counts it in the same append.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// Which, its id derived from campaign, member and number.
    pub coupon: CouponId,
    /// Of which campaign.
    pub campaign: CampaignId,
    /// To whom.
    pub member: MemberId,
    /// The member's first of this campaign, second, and so on; from 1.
    pub nth: u32,
    /// What it is good for, as the campaign says at this instant.
    pub terms: Terms,
    /// Its first instant.
    pub valid_from: Timestamp,
    /// The first instant after its end.
    pub valid_until: Timestamp,
    /// When.
    pub at: Timestamp,
}

/// Keep a coupon for an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hold {
    /// For which order.
    pub order: OrderId,
    /// Whose order.
    pub member: MemberId,
    /// When.
    pub at: Timestamp,
}

/// Use a coupon up, by the order that it is held for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Use {
    /// By which order.
    pub order: OrderId,
    /// When.
    pub at: Timestamp,
}

/// Let go of a coupon that is held: the order expired or was cancelled before it was paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// Which order lets go.
    pub order: OrderId,
    /// When.
    pub at: Timestamp,
}

/// Give a used coupon back, if its terms say so: its order was cancelled as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GiveBack {
    /// Which order was cancelled.
    pub order: OrderId,
    /// When.
    pub at: Timestamp,
}

/// Take an unused coupon back, by an operator or the campaign's owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revoke {
    /// When.
    pub at: Timestamp,
}
