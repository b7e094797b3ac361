//! Why something asked of a session is refused.

use kernel::RejectionKind;

/// A refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// There is no such session.
    #[error("there is no such session: sign in")]
    NotFound,
    /// The session's id is in use.
    #[error("this session is open already: sign in again under a new session id")]
    AlreadyOpen,
    /// The session ended before its time.
    #[error("this session was ended: sign in again")]
    Revoked,
    /// The session ran out.
    #[error("this session has expired: sign in again")]
    Expired,
    /// The secret presented was never this session's.
    #[error("this refresh token is not known: sign in again")]
    SecretUnknown,
    /// The next secret was used before.
    #[error("the next refresh token was used before: make a new random one")]
    SecretNotNew,
    /// The expiry asked for is not in the future.
    #[error("a session must expire later than it begins")]
    ExpiryPassed,
}

impl kernel::Rejection for Rejection {
    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "session_not_found",
            Self::AlreadyOpen => "session_already_open",
            Self::Revoked => "session_revoked",
            Self::Expired => "session_expired",
            Self::SecretUnknown => "session_secret_unknown",
            Self::SecretNotNew => "session_secret_not_new",
            Self::ExpiryPassed => "session_expiry_passed",
        }
    }

    fn kind(&self) -> RejectionKind {
        match self {
            Self::AlreadyOpen => RejectionKind::Conflict,
            Self::NotFound | Self::Revoked | Self::Expired | Self::SecretUnknown => {
                RejectionKind::Unauthenticated
            }
            Self::SecretNotNew | Self::ExpiryPassed => RejectionKind::Invalid,
        }
    }
}
