//! What happened to a campaign. Every fact after the launch carries the count after it, so that a read model needs no
//! fold and several may share a commit.
//!
//! Wire names and field names are forever. Never here: a rule.

use kernel::Timestamp;
use kernel::id::{CampaignId, CouponId, MemberId};
use serde::{Deserialize, Serialize};

use super::value::Plan;

/// A fact about a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// It began; nothing is issued yet.
    Launched(Launched),
    /// A coupon was handed out.
    Issued(Issued),
    /// No more are handed out for now.
    Paused(Paused),
    /// They are handed out again.
    Resumed(Resumed),
    /// No more are handed out for good.
    Ended(Ended),
}

kernel::domain_event! { Event {
    Launched => "launched" 1,
    Issued => "issued" 1,
    Paused => "paused" 1,
    Resumed => "resumed" 1,
    Ended => "ended" 1,
} }

impl Event {
    /// How many coupons were handed out, with this fact.
    pub const fn issued(&self) -> u32 {
        match self {
            Self::Launched(_) => 0,
            Self::Issued(body) => body.issued,
            Self::Paused(body) => body.issued,
            Self::Resumed(body) => body.issued,
            Self::Ended(body) => body.issued,
        }
    }
}

/// A campaign began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Launched {
    /// Which.
    pub campaign: CampaignId,
    /// All that it says.
    pub plan: Plan,
    /// When.
    pub at: Timestamp,
}

/// A coupon was handed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// Of which campaign.
    pub campaign: CampaignId,
    /// Which.
    pub coupon: CouponId,
    /// To whom.
    pub member: MemberId,
    /// The member's first of this campaign, second, and so on; from 1.
    pub nth: u32,
    /// How many were handed out, with this one.
    pub issued: u32,
    /// When.
    pub at: Timestamp,
}

/// No more are handed out for now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paused {
    /// Of which campaign.
    pub campaign: CampaignId,
    /// How many were handed out.
    pub issued: u32,
    /// When.
    pub at: Timestamp,
}

/// They are handed out again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resumed {
    /// Of which campaign.
    pub campaign: CampaignId,
    /// How many were handed out.
    pub issued: u32,
    /// When.
    pub at: Timestamp,
}

/// No more are handed out for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// Of which campaign.
    pub campaign: CampaignId,
    /// How many were handed out.
    pub issued: u32,
    /// When.
    pub at: Timestamp,
}
