//! The words a session is spoken of with. Never here: a rule.

use serde::{Deserialize, Serialize};

/// Why a session ended before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RevokeReason {
    /// The principal signed out.
    LoggedOut,
    /// A refresh secret came back after it was exchanged: it was stolen.
    Reused,
    /// An operator ended it.
    Operator,
}
