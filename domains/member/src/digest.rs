//! Digests made at the edge that stand for a secret or an address: lower-case hex, safe as a subject's last token.
//!
//! Never here: the hashing itself, its key, or what was hashed.

use serde::{Deserialize, Serialize};

/// The fewest hex characters of a digest: 128 bits.
const LENGTH_MIN: usize = 32;
/// The most hex characters of a digest: 512 bits.
const LENGTH_MAX: usize = 128;

/// The text is no digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a digest is 32 to 128 lower-case hex characters")]
pub struct DigestError;

/// Whether a text is a digest.
fn is_digest(text: &str) -> bool {
    let hex = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    hex && (LENGTH_MIN..=LENGTH_MAX).contains(&text.len())
}

macro_rules! digest {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Parses 32 to 128 lower-case hex characters.
            pub fn new(hex: impl Into<String>) -> Result<Self, DigestError> {
                let hex = hex.into();
                if is_digest(&hex) { Ok(Self(hex)) } else { Err(DigestError) }
            }

            /// The hex characters.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = DigestError;
            fn try_from(hex: String) -> Result<Self, Self::Error> {
                Self::new(hex)
            }
        }

        impl std::str::FromStr for $name {
            type Err = DigestError;
            fn from_str(hex: &str) -> Result<Self, Self::Err> {
                Self::new(hex)
            }
        }

        impl From<$name> for String {
            fn from(digest: $name) -> Self {
                digest.0
            }
        }
    )+};
}

digest! {
    /// The keyed hash of a normalised e-mail address; it names the address' claim.
    EmailHash,
    /// The hash of a long random secret: a refresh token, an API key.
    SecretHash,
}
