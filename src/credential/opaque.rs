//! The secret half of refresh tokens and API keys: 256 bits, written as 43 base64url characters.
//!
//! It is either random or derived: from a command's id, so that the same request sent again gets the same secret, or from
//! what it opens.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use kernel::id::CommandId;
use member::{DigestError, SecretHash};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Secret;

/// The text is no token of the expected kind. It isn't repeated here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the token is malformed")]
pub struct OpaqueError;

/// The secret half of a token.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Opaque([u8; 32]);

impl Opaque {
    /// A random one.
    pub(super) fn fresh() -> Self {
        Self(rand::random())
    }

    /// The one that a command makes; only the key's holder can compute it.
    pub(super) fn derived(key: &Secret, kind: &str, of: Uuid, command: CommandId) -> Self {
        Self(key.mac(format!("{kind}\u{1f}{of}\u{1f}{command}").as_bytes()))
    }

    /// The one that belongs to a thing, for ever; only the key's holder can compute it.
    pub(super) fn of(key: &Secret, kind: &str, of: Uuid) -> Self {
        Self(key.mac(format!("{kind}\u{1f}{of}").as_bytes()))
    }

    pub(super) fn text(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.0)
    }

    pub(super) fn parse(text: &str) -> Result<Self, OpaqueError> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| OpaqueError)?;
        Ok(Self(bytes.try_into().map_err(|_| OpaqueError)?))
    }
}

/// What the log holds of a token: the SHA-256 of its whole text. The secret has 256 bits, so no salt is needed.
pub(super) fn hash(token: &str) -> Result<SecretHash, DigestError> {
    SecretHash::new(hex::encode(Sha256::digest(token.as_bytes())))
}

/// Parses an id as tokens write it: hyphenated, lower case. Any other spelling would be a second text for one token.
pub(super) fn parse_id(text: &str) -> Result<Uuid, OpaqueError> {
    let id = Uuid::parse_str(text).map_err(|_| OpaqueError)?;
    if id.hyphenated().to_string() == text { Ok(id) } else { Err(OpaqueError) }
}
