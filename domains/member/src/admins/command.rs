//! What can be asked of the admins. Never here: any rule.

use kernel::Timestamp;
use kernel::id::OperatorId;
use serde::{Deserialize, Serialize};

/// Something asked of the admins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Command {
    /// Become one of them.
    Join(Join),
    /// Be one of them no more.
    Leave(Leave),
}

/// An operator becomes an enabled admin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Join {
    /// Who.
    pub operator: OperatorId,
    /// When.
    pub at: Timestamp,
}

/// An operator is an enabled admin no more: disabled, or with other roles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Leave {
    /// Who.
    pub operator: OperatorId,
    /// When.
    pub at: Timestamp,
}
