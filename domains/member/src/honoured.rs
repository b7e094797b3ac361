//! Which sessions an account honours: those opened under the password in force, and the one in which it was set.
//!
//! Changes are counted, not dated: a session that was opened under the former password while the change was on its way
//! is over like the others. Never here: whether a session itself is open (see [`crate::session`]).

use kernel::id::SessionId;

/// The sessions that an account honours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HonouredSessions {
    changes: u32,
    kept: Option<SessionId>,
}

impl HonouredSessions {
    /// How often the password was changed; a session remembers it from when it was opened.
    pub const fn password_changes(self) -> u32 {
        self.changes
    }

    /// Whether a session that was opened after so many changes of the password is honoured.
    pub fn includes(self, session: SessionId, password_changes: u32) -> bool {
        self.changes == password_changes || self.kept == Some(session)
    }

    /// After one more change: every session is over but the one in which it was made.
    pub(crate) const fn after_change(self, kept: Option<SessionId>) -> Self {
        Self { changes: self.changes.saturating_add(1), kept }
    }
}
