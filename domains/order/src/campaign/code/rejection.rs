//! Why a claim on a code is refused. The sentences don't tell which campaign has it.

use kernel::RejectionKind;

/// A refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// Another campaign has the code.
    #[error("this code leads to another campaign of the mall: choose another")]
    Taken,
    /// Only the campaign that it leads to gives a code back.
    #[error("this code leads to another campaign, which alone can release it")]
    OfAnother,
}

impl kernel::Rejection for Rejection {
    fn code(&self) -> &'static str {
        match self {
            Self::Taken => "campaign_code_taken",
            Self::OfAnother => "campaign_code_of_another",
        }
    }

    fn kind(&self) -> RejectionKind {
        match self {
            Self::Taken => RejectionKind::Conflict,
            Self::OfAnother => RejectionKind::Forbidden,
        }
    }
}
