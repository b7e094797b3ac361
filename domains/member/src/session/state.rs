//! A session as it stands: its principal and its chain of secrets. Never here: a decision.

use std::collections::VecDeque;

use kernel::Timestamp;
use kernel::id::SessionId;

use super::{Event, Opened, RevokeReason, Rotated, policy};
use crate::{Holder, SecretHash};

/// A session.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum State {
    /// Nobody has signed in.
    #[default]
    Absent,
    /// Somebody is signed in, until the grant expires.
    Open(Box<Grant>),
    /// It ended before its time.
    Revoked {
        /// Whose it was.
        principal: Holder,
        /// Why.
        reason: RevokeReason,
    },
}

/// What a session that was not revoked grants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    pub(super) session: SessionId,
    pub(super) principal: Holder,
    pub(super) current: SecretHash,
    pub(super) earlier: VecDeque<SecretHash>,
    pub(super) expires_at: Timestamp,
    pub(super) password_changes: u32,
}

impl State {
    /// Whose session it is, if there is one.
    pub fn principal(&self) -> Option<Holder> {
        match self {
            Self::Absent => None,
            Self::Open(grant) => Some(grant.principal),
            Self::Revoked { principal, .. } => Some(*principal),
        }
    }

    /// Whether the session is good at an instant: neither revoked nor expired.
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.expires_at().is_some_and(|expires_at| at < expires_at)
    }

    /// When the session runs out, unless it was revoked.
    pub fn expires_at(&self) -> Option<Timestamp> {
        match self {
            Self::Open(grant) => Some(grant.expires_at),
            Self::Absent | Self::Revoked { .. } => None,
        }
    }

    /// How often the account's password had been changed when the session was opened, unless it was revoked.
    pub fn password_changes(&self) -> Option<u32> {
        match self {
            Self::Open(grant) => Some(grant.password_changes),
            Self::Absent | Self::Revoked { .. } => None,
        }
    }

    pub(super) fn evolve(self, event: &Event) -> Self {
        match event {
            Event::Opened(opened) => Self::Open(Box::new(Grant::opened(opened))),
            Event::Rotated(rotated) => self.rotated(rotated),
            Event::Revoked(revoked) => Self::Revoked { principal: revoked.principal, reason: revoked.reason },
        }
    }

    fn rotated(self, rotated: &Rotated) -> Self {
        match self {
            Self::Open(mut grant) => {
                grant.rotate(rotated);
                Self::Open(grant)
            }
            Self::Absent | Self::Revoked { .. } => self,
        }
    }
}

impl Grant {
    fn opened(opened: &Opened) -> Self {
        Self {
            session: opened.session,
            principal: opened.principal,
            current: opened.refresh_hash.clone(),
            earlier: VecDeque::new(),
            expires_at: opened.expires_at,
            password_changes: opened.password_changes,
        }
    }

    fn rotate(&mut self, rotated: &Rotated) {
        let exchanged = std::mem::replace(&mut self.current, rotated.refresh_hash.clone());
        self.earlier.push_back(exchanged);
        if self.earlier.len() > policy::EARLIER_HASHES_MAX {
            self.earlier.pop_front();
        }
        self.expires_at = rotated.expires_at;
    }

    /// Whether a secret was good once, up to now included.
    pub(super) fn knows(&self, hash: &SecretHash) -> bool {
        self.current == *hash || self.earlier.contains(hash)
    }
}
