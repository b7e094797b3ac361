//! What can go wrong at the log: appending, reading, commanding.

use kernel::{DecodeError, Rejection};

use crate::{Seq, StreamName};

/// Why an append did not happen, or may not have.
#[derive(Debug, Clone, thiserror::Error)]
pub enum AppendError {
    /// Somebody else wrote first: the guard failed and nothing was written.
    #[error("another writer was first on {stream}")]
    Conflict {
        /// The (first) stream whose guard failed; of a batch the server doesn't say which.
        stream: StreamName,
    },
    /// No answer came within the limit; it may or may not be in the log. Reading the tail tells.
    #[error("the log gave no answer; whether the commit is in it is not known")]
    OutcomeUnknown,
    /// Larger than the log takes: over [`crate::jetstream::MAX_BATCH`] commits or over the server's message size.
    #[error("the commit is too large for the log: {0}")]
    TooLarge(String),
    /// The server refused or can't be reached; nothing was written.
    #[error("the log is not available: {0}")]
    Unavailable(String),
}

/// Why the log could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The server can't be reached or refused.
    #[error("the log cannot be read: {0}")]
    Unavailable(String),
    /// A message is no commit envelope.
    #[error("position {seq} ({stream}) is not a commit: {source}")]
    Envelope {
        /// Where.
        seq: Seq,
        /// In which stream.
        stream: StreamName,
        /// What the JSON reader said.
        source: serde_json::Error,
    },
    /// A commit is missing before this one.
    #[error("position {seq} ({stream}) does not follow {last}: a commit between them is missing")]
    Gap {
        /// Where the walk stopped.
        seq: Seq,
        /// In which stream.
        stream: StreamName,
        /// The stream's last position before it.
        last: Seq,
    },
    /// An event's type is unknown or its body can't be read.
    #[error("position {seq} ({stream}): {source}")]
    Event {
        /// Where.
        seq: Seq,
        /// In which stream.
        stream: StreamName,
        /// What the event's decoder said.
        source: DecodeError,
    },
}

impl ReadError {
    /// The position that can't be read; `None` where the log itself can't.
    pub const fn position(&self) -> Option<Seq> {
        match self {
            Self::Unavailable(_) => None,
            Self::Envelope { seq, .. } | Self::Gap { seq, .. } | Self::Event { seq, .. } => Some(*seq),
        }
    }
}

/// Why a command did not take effect.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The business says no; nothing was written.
    #[error("{0}")]
    Rejected(Box<dyn Rejection>),
    /// The command's name was used before, for something else; nothing was written.
    #[error("this command id was used before with another content")]
    CommandIdReused,
    /// The aggregate is not at the version that the caller saw; nothing was written.
    #[error("{stream} has changed: expected version {expected}, found {actual}")]
    VersionMismatch {
        /// Which aggregate.
        stream: StreamName,
        /// The version the caller saw.
        expected: Seq,
        /// The version it has.
        actual: Seq,
    },
    /// Other writers won every one of the allowed attempts; nothing was written.
    #[error("too many writers at once: gave up after {attempts} attempts")]
    Contended {
        /// The attempts made.
        attempts: u32,
    },
    /// Reading failed; nothing was written.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Writing failed.
    #[error(transparent)]
    Append(#[from] AppendError),
    /// An event could not be written down; nothing was written.
    #[error("an event cannot be encoded: {0}")]
    Encode(#[from] serde_json::Error),
}
