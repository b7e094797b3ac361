//! The mall (몰): one backend serves several, each with its currency and policies.

use serde::{Deserialize, Serialize};

/// A mall's short name: 2 to 24 of `a-z`, `0-9` and `-`, first a letter. It is part of URLs and of every order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MallId(String);

/// The text is no mall name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a mall is named by 2 to 24 of a-z, 0-9 and `-`, first a letter: `{0}`")]
pub struct MallIdError(pub String);

impl MallId {
    /// Parses a mall's name.
    pub fn new(name: impl Into<String>) -> Result<Self, MallIdError> {
        let name = name.into();
        let letters = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let first = name.bytes().next().is_some_and(|b| b.is_ascii_lowercase());
        if letters && first && (2..=24).contains(&name.len()) {
            Ok(Self(name))
        } else {
            Err(MallIdError(name))
        }
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for MallId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for MallId {
    type Error = MallIdError;
    fn try_from(name: String) -> Result<Self, Self::Error> {
        Self::new(name)
    }
}

impl std::str::FromStr for MallId {
    type Err = MallIdError;
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::new(name)
    }
}

impl From<MallId> for String {
    fn from(mall: MallId) -> Self {
        mall.0
    }
}
