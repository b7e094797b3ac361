//! What happened to an operator's account. Names and bodies are forever.

use std::collections::BTreeSet;

use kernel::id::{OperatorId, SessionId};
use kernel::{Text, Timestamp};
use serde::{Deserialize, Serialize};

use super::Role;
use crate::{EmailHash, PasswordHash};

/// A fact about an operator's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The account was opened.
    Created(Created),
    /// Other roles were given.
    RolesSet(RolesSet),
    /// Another password was set.
    PasswordSet(PasswordSet),
    /// The account was locked.
    Disabled(Disabled),
    /// The account was unlocked.
    Enabled(Enabled),
}

kernel::domain_event! { Event {
    Created => "created" 1,
    RolesSet => "roles_set" 1,
    PasswordSet => "password_set" 1,
    Disabled => "disabled" 1,
    Enabled => "enabled" 1,
} }

/// The account was opened, enabled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Created {
    /// The account.
    pub operator: OperatorId,
    /// The staff name.
    pub name: Text<80>,
    /// The e-mail address.
    pub email_hash: EmailHash,
    /// The first password.
    pub password_hash: PasswordHash,
    /// The roles.
    pub roles: BTreeSet<Role>,
    /// When.
    pub at: Timestamp,
}

/// Other roles were given in place of the former ones.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RolesSet {
    /// The account.
    pub operator: OperatorId,
    /// The roles from now on.
    pub roles: BTreeSet<Role>,
    /// When.
    pub at: Timestamp,
}

/// Another password was set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordSet {
    /// The account.
    pub operator: OperatorId,
    /// The new hash.
    pub password_hash: PasswordHash,
    /// The session in which it was set, which goes on; every other one is over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// When.
    pub at: Timestamp,
}

/// The account was locked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disabled {
    /// The account.
    pub operator: OperatorId,
    /// When.
    pub at: Timestamp,
}

/// The account was unlocked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enabled {
    /// The account.
    pub operator: OperatorId,
    /// When.
    pub at: Timestamp,
}
