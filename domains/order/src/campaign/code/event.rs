//! What happened to a code's claim. Names and bodies are forever.

use kernel::id::CampaignId;
use kernel::{MallId, Timestamp};
use serde::{Deserialize, Serialize};

use super::CampaignCode;

/// A fact about a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The code was taken.
    Claimed(Claimed),
    /// The code was given back.
    Released(Released),
}

kernel::domain_event! { Event { Claimed => "claimed" 1, Released => "released" 1 } }

/// The code was taken for a campaign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claimed {
    /// In which mall.
    pub mall: MallId,
    /// The code.
    pub code: CampaignCode,
    /// The campaign that it leads to.
    pub campaign: CampaignId,
    /// When.
    pub at: Timestamp,
}

/// The code was given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Released {
    /// In which mall.
    pub mall: MallId,
    /// The code.
    pub code: CampaignCode,
    /// The campaign that it led to.
    pub campaign: CampaignId,
    /// When.
    pub at: Timestamp,
}
