//! Why a claim on an e-mail address is refused. The sentences don't tell who the holder is.

use kernel::RejectionKind;

/// A refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// Somebody else holds the address.
    #[error("this e-mail address is taken: sign in with it, or use another")]
    Taken,
    /// Only the holder gives an address back.
    #[error("this e-mail address is held by another account, which alone can release it")]
    HeldByAnother,
}

impl kernel::Rejection for Rejection {
    fn code(&self) -> &'static str {
        match self {
            Self::Taken => "email_taken",
            Self::HeldByAnother => "email_held_by_another",
        }
    }

    fn kind(&self) -> RejectionKind {
        match self {
            Self::Taken => RejectionKind::Conflict,
            Self::HeldByAnother => RejectionKind::Forbidden,
        }
    }
}
