//! What is written about a command that is held back: that it waits for its time or for a person, and how it went on.
//! Never here: when it is tried again.

use kernel::{Rejection, RejectionKind, Timestamp};
use serde::{Deserialize, Serialize};

/// A command failed and is tried again by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Postponed {
    /// The step's source and the effect's ordinal, `<source>/<ordinal>`.
    pub command: String,
    /// The command's own name, e.g. `order.mark_paid`; version 1 said none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits_for: Option<String>,
    /// The last error.
    pub error: String,
    /// Its stable name; version 1 said none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// How many times it was postponed, this included.
    pub times: u32,
    /// The instant that the step speaks of.
    pub at: Timestamp,
    /// When it is tried again.
    pub again_at: Timestamp,
}

/// A command keeps failing, or was refused for a reason that its saga doesn't expect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parked {
    /// The step's source and the effect's ordinal, `<source>/<ordinal>`.
    pub command: String,
    /// The command's own name, e.g. `order.mark_paid`; version 1 said none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waits_for: Option<String>,
    /// The last error.
    pub error: String,
    /// Its stable name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// How many times it was postponed before; version 1 didn't say.
    #[serde(default)]
    pub times: u32,
}

/// A postponed or parked command went through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resumed {
    /// The step's source and the effect's ordinal, `<source>/<ordinal>`.
    pub command: String,
    /// Why an operator had it tried again, or that it was by itself.
    pub reason: String,
}

/// What a held-back command was to do is done otherwise, an operator says: it counts as gone through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resolved {
    /// The step's source and the effect's ordinal, `<source>/<ordinal>`.
    pub command: String,
    /// Why.
    pub reason: String,
}

/// A held-back command is given up, an operator says: it counts as refused, and the saga goes the way that it goes then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compensated {
    /// The step's source and the effect's ordinal, `<source>/<ordinal>`.
    pub command: String,
    /// The rejection's code that it counts as refused with.
    pub code: String,
    /// Why.
    pub reason: String,
}

/// Why an operator's word on a held-back command is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeldRefusal {
    /// No command of that name waits.
    #[error("no command `{command}` of this instance waits, for its time or for a person")]
    NotHeldBack {
        /// The name.
        command: String,
    },
    /// The saga has no way to go on from there.
    #[error("the saga `{saga}` has no way to go on when `{command}` is refused with `{code}`")]
    NoReaction {
        /// The saga.
        saga: &'static str,
        /// The command's own name.
        command: &'static str,
        /// The code.
        code: String,
    },
}

impl Rejection for HeldRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotHeldBack { .. } => "not_held_back",
            Self::NoReaction { .. } => "no_reaction",
        }
    }

    fn kind(&self) -> RejectionKind {
        RejectionKind::Conflict
    }
}
