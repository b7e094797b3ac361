//! A short text that a person typed: trimmed, not empty, without control characters, of limited length.

use serde::{Deserialize, Serialize};

/// One to `MAX` characters of trimmed text without control characters other than line breaks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Text<const MAX: usize>(String);

/// The text can't be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("the text is empty")]
    Empty,
    /// Longer than allowed.
    #[error("the text has {found} characters, at most {max} are allowed")]
    TooLong {
        /// The limit in characters.
        max: usize,
        /// The length in characters.
        found: usize,
    },
    /// A control character that isn't a line break.
    #[error("the text contains a control character")]
    Control,
}

impl<const MAX: usize> Text<MAX> {
    /// Parses a text.
    pub fn new(text: impl AsRef<str>) -> Result<Self, TextError> {
        let text = text.as_ref().trim();
        let found = text.chars().count();
        if text.is_empty() {
            Err(TextError::Empty)
        } else if found > MAX {
            Err(TextError::TooLong { max: MAX, found })
        } else if text.chars().any(|c| c.is_control() && c != '\n') {
            Err(TextError::Control)
        } else {
            Ok(Self(text.to_owned()))
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize> std::fmt::Display for Text<MAX> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl<const MAX: usize> TryFrom<String> for Text<MAX> {
    type Error = TextError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::new(text)
    }
}

impl<const MAX: usize> From<Text<MAX>> for String {
    fn from(text: Text<MAX>) -> Self {
        text.0
    }
}
