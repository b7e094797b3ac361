//! Personal data as the log holds it: encrypted at the edge under a key per person, opaque to every domain.
//!
//! Destroying the person's key makes every copy unreadable while the log stays whole (crypto-shredding).

use serde::{Deserialize, Serialize};

/// Ciphertext with its nonce, base64. Only the vault at the edge can open it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sealed(pub String);

impl std::fmt::Debug for Sealed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sealed(…)")
    }
}
