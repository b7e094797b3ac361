//! The port through which sagas' commands reach the aggregates and the outside world.

use async_trait::async_trait;
use eventstore::{AppendError, CommandError, Context, ReadError};

use crate::Command;

/// Takes a saga's command to where it belongs. The same context id again must take no further effect.
#[async_trait]
pub trait Issuer: Send + Sync + 'static {
    /// Issues one command.
    async fn issue(&self, context: Context, command: Command) -> Result<(), IssueError>;
}

/// Why a command could not be issued.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// The command failed at the log or was refused by a rule.
    #[error(transparent)]
    Command(#[from] CommandError),
    /// A gateway, bank or database gave no usable answer; the command is to be tried again.
    #[error("{0}")]
    Outside(String),
    /// Something that holds by construction does not: it hardly passes by itself.
    #[error("{0}")]
    Broken(String),
}

impl IssueError {
    /// A stable name for the failure: the rejection's code, or what kind of failure it is.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Command(CommandError::Rejected(reason)) => reason.code(),
            Self::Outside(_) => "outside_unavailable",
            Self::Command(_) if self.is_outage() => "log_unavailable",
            Self::Command(_) | Self::Broken(_) => "broken",
        }
    }

    /// Whether it is an outage, of whatever length: what is out will be back.
    pub const fn is_outage(&self) -> bool {
        match self {
            Self::Outside(_) => true,
            Self::Command(error) => is_outage(error),
            Self::Broken(_) => false,
        }
    }

    /// Whether a rule says no.
    pub const fn is_refusal(&self) -> bool {
        matches!(self, Self::Command(CommandError::Rejected(_)))
    }
}

/// Whether the log is away, or too much is going on there.
pub(crate) const fn is_outage(error: &CommandError) -> bool {
    matches!(
        error,
        CommandError::Contended { .. }
            | CommandError::Read(ReadError::Unavailable(_))
            | CommandError::Append(
                AppendError::Unavailable(_) | AppendError::OutcomeUnknown | AppendError::Conflict { .. }
            )
    )
}
