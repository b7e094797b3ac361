//! Where a code leads now. Never here: a decision.

use kernel::MallId;
use kernel::id::CampaignId;

use super::{CampaignCode, Event};

/// A code's claim.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum State {
    /// It leads nowhere.
    #[default]
    Free,
    /// It is taken.
    Claimed {
        /// In which mall.
        mall: MallId,
        /// The code.
        code: CampaignCode,
        /// The campaign that it leads to.
        campaign: CampaignId,
    },
}

impl State {
    /// The campaign that the code leads to, if any.
    pub const fn campaign(&self) -> Option<CampaignId> {
        match self {
            Self::Free => None,
            Self::Claimed { campaign, .. } => Some(*campaign),
        }
    }

    /// A claim's last event says all of it.
    pub(super) fn after(event: &Event) -> Self {
        match event {
            Event::Claimed(body) => {
                Self::Claimed { mall: body.mall.clone(), code: body.code.clone(), campaign: body.campaign }
            }
            Event::Released(_) => Self::Free,
        }
    }
}
