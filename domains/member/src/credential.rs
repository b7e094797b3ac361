//! The password as the log holds it: an argon2id hash made at the edge.
//!
//! Never here: a plain password, hashing, or comparing. The hash shows in no debug output.

use serde::{Deserialize, Serialize};

/// An argon2id hash in PHC string form (`$argon2id$v=19$…`), at most [`PasswordHash::MAX`] characters.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PasswordHash(String);

/// The text is no argon2id hash. It isn't repeated here: it may be a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a password hash is an argon2id PHC string of at most 512 printable characters")]
pub struct PasswordHashError;

impl PasswordHash {
    /// The longest hash taken, in characters.
    pub const MAX: usize = 512;
    /// How every argon2id PHC string begins.
    const PREFIX: &str = "$argon2id$";

    /// Parses a PHC string.
    pub fn new(hash: impl Into<String>) -> Result<Self, PasswordHashError> {
        let hash = hash.into();
        let printable = hash.bytes().all(|byte| byte.is_ascii_graphic());
        if printable && hash.starts_with(Self::PREFIX) && hash.len() <= Self::MAX {
            Ok(Self(hash))
        } else {
            Err(PasswordHashError)
        }
    }

    /// The PHC string, for the edge to verify a password against.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

impl TryFrom<String> for PasswordHash {
    type Error = PasswordHashError;
    fn try_from(hash: String) -> Result<Self, Self::Error> {
        Self::new(hash)
    }
}

impl From<PasswordHash> for String {
    fn from(hash: PasswordHash) -> Self {
        hash.0
    }
}
