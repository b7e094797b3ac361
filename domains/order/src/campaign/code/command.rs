//! What can be asked of a code's claim. Never here: any rule.

use kernel::id::CampaignId;
use kernel::{MallId, Timestamp};
use serde::{Deserialize, Serialize};

use super::CampaignCode;

/// Something asked of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Command {
    /// Take the code.
    Claim(Claim),
    /// Give the code back.
    Release(Release),
}

/// Take the code for a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// In which mall.
    pub mall: MallId,
    /// The code.
    pub code: CampaignCode,
    /// The campaign that it leads to.
    pub campaign: CampaignId,
    /// When.
    pub at: Timestamp,
}

/// Give the code back, so that another campaign can take it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// The campaign that it leads to.
    pub campaign: CampaignId,
    /// When.
    pub at: Timestamp,
}
