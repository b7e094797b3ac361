//! Which failure becomes which problem: the only place where a rejection or an error meets an HTTP status.

use axum::http::StatusCode;
use eventstore::{AppendError, CommandError, ReadError};
use kernel::{Rejection, RejectionKind};
use member::DigestError;
use projections::ProjectionError;

use super::problem::Problem;
use crate::carts::CartError;
use crate::clock::SharedClockError;
use crate::credential::{OpaqueError, PasswordError, TokenError};
use crate::service::ServiceError;

impl Problem {
    /// The business says no: its code and its sentence, under the status of its kind.
    pub fn rejected(rejection: &dyn Rejection) -> Self {
        let status = match rejection.kind() {
            RejectionKind::NotFound => StatusCode::NOT_FOUND,
            RejectionKind::Conflict => StatusCode::CONFLICT,
            RejectionKind::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            RejectionKind::Forbidden => StatusCode::FORBIDDEN,
            RejectionKind::Unauthenticated => StatusCode::UNAUTHORIZED,
        };
        Self::new(status, rejection.code(), rejection.to_string())
    }
}

impl From<CommandError> for Problem {
    fn from(error: CommandError) -> Self {
        match error {
            CommandError::Rejected(rejection) => Self::rejected(rejection.as_ref()),
            CommandError::CommandIdReused => key_reused(),
            CommandError::VersionMismatch { actual, .. } => version_mismatch(actual),
            CommandError::Contended { .. } => contended(error),
            CommandError::Read(error) => error.into(),
            CommandError::Append(error) => error.into(),
            CommandError::Encode(_) => Self::internal(error),
        }
    }
}

impl From<ServiceError> for Problem {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::Command(error) => error.into(),
            ServiceError::Cart(CartError::Rejected(rejection)) => Self::rejected(rejection.as_ref()),
            ServiceError::Cart(CartError::KeyReused) => key_reused(),
            ServiceError::Cart(CartError::Contended | CartError::Unavailable(_)) => {
                Self::unavailable("carts_unavailable", error)
            }
            ServiceError::PasswordsBusy => Self::unavailable("passwords_busy", error),
            ServiceError::Gateway(_) => Self::unavailable("gateway_unavailable", error),
            ServiceError::Database(error) => error.into(),
            ServiceError::Vault(_) | ServiceError::Broken(_) => Self::internal(error),
        }
    }
}

impl From<AppendError> for Problem {
    fn from(error: AppendError) -> Self {
        match error {
            AppendError::Conflict { .. } => contended(error),
            AppendError::OutcomeUnknown => outcome_unknown(error),
            AppendError::Unavailable(_) => Self::unavailable("log_unavailable", error),
            AppendError::TooLarge(_) => Self::internal(error),
        }
    }
}

impl From<ReadError> for Problem {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::Unavailable(_) => Self::unavailable("log_unavailable", error),
            ReadError::Envelope { .. } | ReadError::Event { .. } | ReadError::Gap { .. } => {
                Self::internal(error)
            }
        }
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        if is_away(&error) { Self::unavailable("database_unavailable", error) } else { Self::internal(error) }
    }
}

impl From<ProjectionError> for Problem {
    fn from(error: ProjectionError) -> Self {
        match error {
            ProjectionError::Read(error) => error.into(),
            ProjectionError::Database(error) => error.into(),
            ProjectionError::Poison { .. }
            | ProjectionError::Overtaken
            | ProjectionError::Superseded { .. }
            | ProjectionError::Ended => Self::internal(error),
        }
    }
}

/// Whether PostgreSQL can't be reached, or says that it is about to stop or has only just begun (class 57P), that it
/// lost the connection (class 08) or that it has no room for one (53300).
fn is_away(error: &sqlx::Error) -> bool {
    if let sqlx::Error::Database(told) = error {
        let code = told.code().unwrap_or_default();
        return code.starts_with("57P") || code.starts_with("08") || code == "53300";
    }
    matches!(error, sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_))
}

impl From<TokenError> for Problem {
    fn from(error: TokenError) -> Self {
        match error {
            TokenError::Malformed => Self::token_malformed(),
            TokenError::Expired => Self::token_expired(),
            TokenError::Signing(_) => Self::internal(error),
        }
    }
}

impl From<OpaqueError> for Problem {
    fn from(_: OpaqueError) -> Self {
        Self::token_malformed()
    }
}

impl From<PasswordError> for Problem {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Length => Self::invalid("/password", "invalid", error.to_string()),
            PasswordError::Busy => Self::unavailable("passwords_busy", error),
            PasswordError::Broken(_) => Self::internal(error),
        }
    }
}

impl From<SharedClockError> for Problem {
    fn from(error: SharedClockError) -> Self {
        match error {
            SharedClockError::NameReused => key_reused(),
            SharedClockError::Backwards(_) | SharedClockError::Unavailable(_) => {
                Self::unavailable("clock_unavailable", error)
            }
        }
    }
}

impl From<DigestError> for Problem {
    fn from(error: DigestError) -> Self {
        Self::internal(error)
    }
}

fn key_reused() -> Problem {
    let detail = "This Idempotency-Key was used before, for a request with another content.";
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency_key_reused", detail)
}

fn version_mismatch(actual: eventstore::Seq) -> Problem {
    let detail = format!("It has changed since you read it: its version is now {actual}. Read it again.");
    Problem::new(StatusCode::PRECONDITION_FAILED, "version_mismatch", detail)
}

fn contended(cause: impl std::fmt::Display) -> Problem {
    let detail = "Too many requests change this at the same time; nothing was done. Try again shortly.";
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "contended", detail).retry_after(1).because(cause)
}

fn outcome_unknown(cause: impl std::fmt::Display) -> Problem {
    let detail = "It may have been done or not. Send the same request with the same Idempotency-Key again: it \
                  will not be done twice.";
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "outcome_unknown", detail).retry_after(1).because(cause)
}
