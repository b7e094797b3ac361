//! Who holds an e-mail address now. Never here: a decision.

use super::Event;
use crate::{EmailHash, Holder};

/// An address' claim.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum State {
    /// Nobody holds it.
    #[default]
    Free,
    /// It is taken.
    Claimed {
        /// The address.
        email_hash: EmailHash,
        /// By whom.
        holder: Holder,
    },
}

impl State {
    /// Who holds the address, if anybody.
    pub const fn holder(&self) -> Option<Holder> {
        match self {
            Self::Free => None,
            Self::Claimed { holder, .. } => Some(*holder),
        }
    }

    /// A claim's last event says all of it.
    pub(super) fn after(event: &Event) -> Self {
        match event {
            Event::Claimed(claimed) => {
                Self::Claimed { email_hash: claimed.email_hash.clone(), holder: claimed.holder }
            }
            Event::Released(_) => Self::Free,
        }
    }
}
