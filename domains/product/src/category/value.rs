//! The code of a category, which names it in products, commissions and coupons.

use serde::{Deserialize, Serialize};

/// A category's code: 1 to 64 of `a-z`, `0-9` and `_`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CategoryCode(String);

/// The text is no category code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a category code is 1 to 64 of a-z, 0-9 and `_`: `{0}`")]
pub struct CategoryCodeError(pub String);

impl CategoryCode {
    /// The longest code, in characters.
    pub const MAX_LENGTH: usize = 64;

    /// Parses a code.
    pub fn new(code: impl Into<String>) -> Result<Self, CategoryCodeError> {
        let code = code.into();
        let letters = code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if letters && (1..=Self::MAX_LENGTH).contains(&code.len()) {
            Ok(Self(code))
        } else {
            Err(CategoryCodeError(code))
        }
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for CategoryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for CategoryCode {
    type Error = CategoryCodeError;
    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::new(code)
    }
}

impl std::str::FromStr for CategoryCode {
    type Err = CategoryCodeError;
    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::new(code)
    }
}

impl From<CategoryCode> for String {
    fn from(code: CategoryCode) -> Self {
        code.0
    }
}
