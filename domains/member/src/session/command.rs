//! What can be asked of a session. Never here: any rule.

use kernel::Timestamp;
use kernel::id::SessionId;
use serde::{Deserialize, Serialize};

use super::RevokeReason;
use crate::{Holder, SecretHash};

/// Something asked of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Command {
    /// Sign in.
    Open(Open),
    /// Exchange the refresh secret for the next one.
    Rotate(Rotate),
    /// End the session.
    Revoke(Revoke),
}

/// Sign in: the edge has verified the password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Open {
    /// The new session.
    pub session: SessionId,
    /// Who signed in.
    pub principal: Holder,
    /// The hash of the first refresh secret.
    pub refresh_hash: SecretHash,
    /// How often the account's password had been changed when it was verified; see [`crate::HonouredSessions`].
    #[serde(default)]
    pub password_changes: u32,
    /// Until when it is good; later than `at`.
    pub expires_at: Timestamp,
    /// When.
    pub at: Timestamp,
}

/// Exchange the refresh secret. The caller must look at the outcome: `[Revoked]` means refused, the secret was stolen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rotate {
    /// The hash of the secret presented.
    pub presented_hash: SecretHash,
    /// The hash of the secret that follows it, never used before.
    pub next_hash: SecretHash,
    /// Until when the next one is good; later than `at`.
    pub expires_at: Timestamp,
    /// When.
    pub at: Timestamp,
}

/// End the session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revoke {
    /// Why.
    pub reason: RevokeReason,
    /// When.
    pub at: Timestamp,
}
