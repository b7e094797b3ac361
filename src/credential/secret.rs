//! The installation's own keys: 256 bits each, given as hex. Never here: a key in any output.

use hmac::digest::Key;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// How many bytes a key has.
const BYTES: usize = 32;

/// A 256-bit key.
#[derive(Clone)]
pub struct Secret([u8; BYTES]);

/// The text is no key. It isn't repeated here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{name} must be 64 hex characters (32 random bytes)")]
pub struct SecretError {
    /// Which key.
    pub name: &'static str,
}

/// The installation's keys.
#[derive(Debug, Clone)]
pub struct Secrets {
    /// Signs access tokens and derives refresh secrets and API keys.
    pub token: Secret,
    /// Keys the hashes of e-mail addresses. It must never change: the hashes are names in the log.
    pub email: Secret,
}

impl Secret {
    /// Parses 64 hex characters.
    pub fn parse(name: &'static str, hex: &str) -> Result<Self, SecretError> {
        let mut bytes = [0; BYTES];
        hex::decode_to_slice(hex.trim(), &mut bytes).map_err(|_| SecretError { name })?;
        Ok(Self(bytes))
    }

    /// The HMAC-SHA-256 of a message under this key.
    pub fn mac(&self, message: &[u8]) -> [u8; BYTES] {
        // HMAC pads a short key with zeros to the block size (RFC 2104); done here, nothing can be of a wrong length.
        let mut block = Key::<Hmac<Sha256>>::default();
        for (to, from) in block.iter_mut().zip(self.0) {
            *to = from;
        }
        Hmac::<Sha256>::new(&block).chain_update(message).finalize().into_bytes().into()
    }

    pub(super) const fn bytes(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secrets {
    /// Parses both keys from hex.
    pub fn parse(token: &str, email: &str) -> Result<Self, SecretError> {
        Ok(Self {
            token: Secret::parse("the token secret", token)?,
            email: Secret::parse("the e-mail secret", email)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mac_is_hmac_sha_256() {
        let key = Secret::parse("key", &"0b".repeat(32)).unwrap();
        let expected = "198a607eb44bfbc69903a0f1cf2bbdc5ba0aa3f3d9ae3c1c7a3b1696a0b68cf7";
        assert_eq!(hex::encode(key.mac(b"Hi There")), expected);
    }

    #[test]
    fn a_key_of_another_length_is_refused_and_none_is_shown() {
        assert!(Secret::parse("key", &"0b".repeat(31)).is_err());
        assert!(Secret::parse("key", &"zz".repeat(32)).is_err());
        assert_eq!(format!("{:?}", Secret::parse("key", &"0b".repeat(32))), "Ok(Secret(…))");
    }
}
