//! A campaign's code, alone and within its mall. Never here: how it is typed; only its one normal form is a code.

use std::fmt;
use std::str::FromStr;

use kernel::MallId;
use serde::{Deserialize, Serialize};

/// The fewest characters of a code: shorter ones are guessed.
pub const LENGTH_MIN: usize = 4;
/// The most characters of a code.
pub const LENGTH_MAX: usize = 32;

/// A code that shoppers type: 4 to 32 of `A-Z`, `0-9` and `-`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CampaignCode(String);

/// The text is no code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a campaign's code is {LENGTH_MIN} to {LENGTH_MAX} of A-Z, 0-9 and `-`: `{0}`")]
pub struct CampaignCodeError(pub String);

impl CampaignCode {
    /// Parses a code in its normal form.
    pub fn new(code: impl Into<String>) -> Result<Self, CampaignCodeError> {
        let code = code.into();
        let letters = code.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
        if letters && (LENGTH_MIN..=LENGTH_MAX).contains(&code.len()) {
            Ok(Self(code))
        } else {
            Err(CampaignCodeError(code))
        }
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CampaignCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for CampaignCode {
    type Error = CampaignCodeError;
    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::new(code)
    }
}

impl FromStr for CampaignCode {
    type Err = CampaignCodeError;
    fn from_str(code: &str) -> Result<Self, Self::Err> {
        Self::new(code)
    }
}

impl From<CampaignCode> for String {
    fn from(code: CampaignCode) -> Self {
        code.0
    }
}

/// A code within its mall; it names the code's claim.
///
/// Written `{mall}_{code}`: both may hold digits and `-`, so with a `-` between them two malls could meet in one name.
/// Neither ever holds a `_`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MallCode {
    /// The mall.
    pub mall: MallId,
    /// The code.
    pub code: CampaignCode,
}

/// The text is no code within a mall.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a campaign's code within its mall is written `mall_CODE`: `{0}`")]
pub struct MallCodeError(pub String);

impl fmt::Display for MallCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.mall, self.code)
    }
}

impl FromStr for MallCode {
    type Err = MallCodeError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text.split_once('_');
        let parsed = parts.and_then(|(mall, code)| {
            Some(Self { mall: MallId::new(mall).ok()?, code: CampaignCode::new(code).ok()? })
        });
        parsed.ok_or_else(|| MallCodeError(text.to_owned()))
    }
}
