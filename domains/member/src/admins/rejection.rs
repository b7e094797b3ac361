//! Why something asked of the admins is refused.

use kernel::RejectionKind;

use super::policy;

/// A refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// Nobody would be left who may everything.
    #[error("this is the last enabled admin: give or enable another one first")]
    LastAdmin,
    /// Too many operators are admins.
    #[error("there are at most {} enabled admins", policy::ADMINS_MAX)]
    TooMany,
}

impl kernel::Rejection for Rejection {
    fn code(&self) -> &'static str {
        match self {
            Self::LastAdmin => "last_admin",
            Self::TooMany => "admin_too_many",
        }
    }

    fn kind(&self) -> RejectionKind {
        match self {
            Self::LastAdmin | Self::TooMany => RejectionKind::Conflict,
        }
    }
}
