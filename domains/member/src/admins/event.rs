//! What happened to the admins. Names and bodies are forever.

use kernel::Timestamp;
use kernel::id::OperatorId;
use serde::{Deserialize, Serialize};

/// A fact about the admins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// There is one more.
    Joined(Joined),
    /// There is one less.
    Left(Left),
}

kernel::domain_event! { Event { Joined => "joined" 1, Left => "left" 1 } }

/// An operator became an enabled admin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joined {
    /// Who.
    pub operator: OperatorId,
    /// When.
    pub at: Timestamp,
}

/// An operator is an enabled admin no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// Who.
    pub operator: OperatorId,
    /// When.
    pub at: Timestamp,
}
