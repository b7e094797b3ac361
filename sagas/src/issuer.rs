//! The port through which sagas' commands reach the aggregates and the outside world.

use async_trait::async_trait;
use eventstore::{CommandError, Context};

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
}
