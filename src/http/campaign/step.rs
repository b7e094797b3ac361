//! What can be done with a campaign that was launched: its last part of an address is the step.

use kernel::Timestamp;
use order::campaign::Command;
use order::campaign::command::{End, Pause, Resume};
use serde::Deserialize;
use utoipa::ToSchema;

/// A step of a campaign.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CampaignStep {
    /// Hand out no coupons for now.
    Pause,
    /// Hand them out again.
    Resumption,
    /// Hand out none any more.
    End,
}

impl CampaignStep {
    /// What is asked of the campaign.
    pub(in crate::http) const fn at(self, at: Timestamp) -> Command {
        match self {
            Self::Pause => Command::Pause(Pause { at }),
            Self::Resumption => Command::Resume(Resume { at }),
            Self::End => Command::End(End { at }),
        }
    }
}
