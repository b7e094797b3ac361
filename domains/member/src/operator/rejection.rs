//! Why something asked of an operator's account is refused.

use kernel::RejectionKind;

/// A refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// There is no such operator.
    #[error("there is no such operator")]
    NotFound,
    /// The operator's id is in use.
    #[error("this operator exists already: create another under a new id")]
    AlreadyCreated,
    /// The account is locked.
    #[error("this operator is disabled: enable the account first")]
    Disabled,
    /// No role was given.
    #[error("an operator needs at least one role; to take all away, disable the account")]
    NoRoles,
}

impl kernel::Rejection for Rejection {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "operator_not_found",
            Self::AlreadyCreated => "operator_already_created",
            Self::Disabled => "operator_disabled",
            Self::NoRoles => "operator_without_roles",
        }
    }

    fn kind(&self) -> RejectionKind {
        match self {
            Self::NotFound => RejectionKind::NotFound,
            Self::AlreadyCreated | Self::Disabled => RejectionKind::Conflict,
            Self::NoRoles => RejectionKind::Invalid,
        }
    }
}
