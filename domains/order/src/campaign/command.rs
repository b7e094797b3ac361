//! What can be asked of a campaign. Never here: a rule.

use kernel::Timestamp;
use kernel::id::{CampaignId, CouponId, MemberId};
use serde::{Deserialize, Serialize};

use super::value::Plan;

/// Something asked of a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Command {
    /// Begin it.
    Launch(Launch),
    /// Count a coupon that is handed out.
    Issue(Issue),
    /// Hand out no more for now.
    Pause(Pause),
    /// Hand out again.
    Resume(Resume),
    /// Hand out no more for good.
    End(End),
}

/// Begin a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Launch {
    /// Which.
    pub campaign: CampaignId,
    /// All that it says.
    pub plan: Plan,
    /// When.
    pub at: Timestamp,
}

/// Count a coupon that is handed out; the coupon itself is issued in the same append.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// The coupon, its id derived from campaign, member and number.
    pub coupon: CouponId,
    /// To whom.
    pub member: MemberId,
    /// The member's first of this campaign, second, and so on; from 1.
    pub nth: u32,
    /// When.
    pub at: Timestamp,
}

/// Hand out no more for now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pause {
    /// When.
    pub at: Timestamp,
}

/// Hand out again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resume {
    /// When.
    pub at: Timestamp,
}

/// Hand out no more for good. Coupons that were issued stay usable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    /// When.
    pub at: Timestamp,
}
