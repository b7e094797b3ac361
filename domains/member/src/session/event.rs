//! What happened to a session. Names and bodies are forever.

use kernel::Timestamp;
use kernel::id::SessionId;
use serde::{Deserialize, Serialize};

use super::RevokeReason;
use crate::{Holder, SecretHash};

/// A fact about a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// Somebody signed in.
    Opened(Opened),
    /// The refresh secret was exchanged.
    Rotated(Rotated),
    /// The session ended before its time.
    Revoked(Revoked),
}

kernel::domain_event! { Event { Opened => "opened" 1, Rotated => "rotated" 1, Revoked => "revoked" 1 } }

/// Somebody signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opened {
    /// The session.
    pub session: SessionId,
    /// Who signed in.
    pub principal: Holder,
    /// The hash of the first refresh secret.
    pub refresh_hash: SecretHash,
    /// How often the account's password had been changed when it was verified.
    #[serde(default, skip_serializing_if = "never_changed")]
    pub password_changes: u32,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// When.
    pub at: Timestamp,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn never_changed(password_changes: &u32) -> bool {
    *password_changes == 0
}

/// The refresh secret was exchanged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rotated {
    /// The session.
    pub session: SessionId,
    /// Whose it is.
    pub principal: Holder,
    /// The hash of the secret that is good from now on.
    pub refresh_hash: SecretHash,
    /// Until when it is good.
    pub expires_at: Timestamp,
    /// When.
    pub at: Timestamp,
}

/// The session ended before its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revoked {
    /// The session.
    pub session: SessionId,
    /// Whose it was.
    pub principal: Holder,
    /// Why.
    pub reason: RevokeReason,
    /// When.
    pub at: Timestamp,
}
