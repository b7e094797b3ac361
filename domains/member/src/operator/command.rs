//! What can be asked of an operator's account. Never here: any rule.

use std::collections::BTreeSet;

use kernel::id::{OperatorId, SessionId};
use kernel::{Text, Timestamp};
use serde::{Deserialize, Serialize};

use super::Role;
use crate::{EmailHash, PasswordHash};

/// Something asked of an operator's account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Command {
    /// Open the account.
    Create(Create),
    /// Give other roles.
    SetRoles(SetRoles),
    /// Set another password.
    SetPassword(SetPassword),
    /// Lock the account.
    Disable(Disable),
    /// Unlock the account.
    Enable(Enable),
}

/// Open an operator's account, enabled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Create {
    /// The new account.
    pub operator: OperatorId,
    /// The staff name, shown in the back office.
    pub name: Text<80>,
    /// The e-mail address, claimed in the same append.
    pub email_hash: EmailHash,
    /// The first password.
    pub password_hash: PasswordHash,
    /// At least one role.
    pub roles: BTreeSet<Role>,
    /// When.
    pub at: Timestamp,
}

/// Give other roles in place of the present ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetRoles {
    /// At least one role.
    pub roles: BTreeSet<Role>,
    /// When.
    pub at: Timestamp,
}

/// Set another password; every session but this one is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetPassword {
    /// The new hash.
    pub password_hash: PasswordHash,
    /// The session in which it is set, which goes on; every other one is over.
    #[serde(default)]
    pub session: Option<SessionId>,
    /// When.
    pub at: Timestamp,
}

/// Lock the account: it may do nothing until it is enabled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disable {
    /// When.
    pub at: Timestamp,
}

/// Unlock the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enable {
    /// When.
    pub at: Timestamp,
}
