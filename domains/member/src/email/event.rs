//! What happened to an e-mail address' claim. Names and bodies are forever.

use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{EmailHash, Holder};

/// A fact about a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The address was taken.
    Claimed(Claimed),
    /// The address was given back.
    Released(Released),
}

kernel::domain_event! { Event { Claimed => "claimed" 1, Released => "released" 1 } }

/// The address was taken by a holder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claimed {
    /// The address.
    pub email_hash: EmailHash,
    /// Who took it.
    pub holder: Holder,
    /// When.
    pub at: Timestamp,
}

/// The address was given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Released {
    /// The address.
    pub email_hash: EmailHash,
    /// Who held it.
    pub holder: Holder,
    /// When.
    pub at: Timestamp,
}
