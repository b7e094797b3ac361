//! An e-mail address, in one spelling, and its keyed hash. Never here: sending mail, or proving who owns the address.

use member::{DigestError, EmailHash};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use super::Secret;

/// The longest address, in bytes of UTF-8 (RFC 5321, 4.5.3.1.3).
const BYTES_MAX: usize = 254;

/// An e-mail address: trimmed, in normal form C and lower case, so that one mailbox has one spelling.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address(String);

/// The text is no e-mail address. It isn't repeated here: it may be personal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// Not one @ with something on both sides.
    #[error("an e-mail address has the form name@domain, without spaces")]
    Form,
    /// Longer than mail systems take.
    #[error("an e-mail address is at most 254 bytes long")]
    TooLong,
}

impl Address {
    /// Parses an address and brings it to its one spelling.
    pub fn new(text: &str) -> Result<Self, AddressError> {
        if text.len() > BYTES_MAX * 4 {
            return Err(AddressError::TooLong);
        }
        let lower: String = text.trim().nfc().flat_map(char::to_lowercase).nfc().collect();
        let (name, domain) = lower.split_once('@').ok_or(AddressError::Form)?;
        let broken = lower.chars().any(|c| c.is_whitespace() || c.is_control());
        if name.is_empty() || domain.is_empty() || domain.contains('@') || broken {
            Err(AddressError::Form)
        } else if lower.len() > BYTES_MAX {
            Err(AddressError::TooLong)
        } else {
            Ok(Self(lower))
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of the address' claim. A digest of fixed length is always one that the domain takes.
    pub fn hash(&self, key: &Secret) -> Result<EmailHash, DigestError> {
        EmailHash::new(hex::encode(key.mac(self.0.as_bytes())))
    }
}

impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Address(…)")
    }
}

impl TryFrom<String> for Address {
    type Error = AddressError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(&text)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_mailbox_has_one_spelling() {
        let composed = Address::new(" Jos\u{e9}@Example.com ").unwrap();
        assert_eq!(composed.as_str(), "jos\u{e9}@example.com");
        assert_eq!(Address::new("JOSE\u{301}@EXAMPLE.COM"), Ok(composed.clone()));
        let key = Secret::parse("key", &"01".repeat(32)).unwrap();
        let other = Secret::parse("key", &"02".repeat(32)).unwrap();
        assert_ne!(composed.hash(&key), composed.hash(&other));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in ["", "a", "@b", "a@", "a@b@c", "a b@c", "a@b\u{7}"] {
            assert_eq!(Address::new(text), Err(AddressError::Form), "{text}");
        }
        let long = |name: usize| Address::new(&format!("{}@example.com", "a".repeat(name)));
        assert!(long(BYTES_MAX - 12).is_ok());
        assert_eq!(long(BYTES_MAX - 11), Err(AddressError::TooLong));
    }
}
