//! A business registration number: the Korean one (사업자등록번호) verified by its check digit, others as they come.
//!
//! Never here: whether the business exists. An operator finds that out before approving.

use kernel::Text;
use serde::{Deserialize, Serialize};

/// A business registration number. JSON: `{"kind": "korean", "number": "…"}` or `{"kind": "foreign", "country", "number"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BusinessNumber {
    /// Registered in Korea.
    Korean {
        /// The verified number.
        number: KoreanNumber,
    },
    /// Registered elsewhere.
    Foreign {
        /// Where.
        country: ForeignCountry,
        /// The number as that country writes it.
        number: Text<40>,
    },
}

impl BusinessNumber {
    /// The ISO 3166-1 alpha-2 code of the country of registration.
    pub fn country(&self) -> &str {
        match self {
            Self::Korean { .. } => KOREA,
            Self::Foreign { country, .. } => country.as_str(),
        }
    }
}

/// The ISO 3166-1 alpha-2 code of South Korea.
const KOREA: &str = "KR";

/// The text is no business registration number, or no country of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// Not ten digits.
    #[error("a Korean business registration number has ten digits")]
    NotTenDigits,
    /// The check digit doesn't fit.
    #[error("this Korean business registration number is mistyped: its check digit doesn't fit")]
    CheckDigit,
    /// Not two letters.
    #[error("a country is two upper-case letters (ISO 3166-1 alpha-2)")]
    Country,
    /// A Korean number given as a foreign one would go unverified.
    #[error("a business registered in Korea gives its Korean number")]
    NotForeign,
}

/// Ten digits whose last one is the check digit of the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct KoreanNumber(String);

impl KoreanNumber {
    /// The weights of the first nine digits (the tax office's rule).
    const WEIGHTS: [u32; 9] = [1, 3, 7, 1, 3, 7, 1, 3, 5];

    /// Parses ten digits, with or without hyphens.
    pub fn new(number: impl AsRef<str>) -> Result<Self, NumberError> {
        let number = number.as_ref().replace('-', "");
        let digits: Option<Vec<u32>> = number.chars().map(|letter| letter.to_digit(10)).collect();
        match digits.as_deref() {
            Some([first @ .., ninth, check]) if first.len() == 8 => {
                let expected = Self::check_digit(first, *ninth);
                if expected == *check { Ok(Self(number)) } else { Err(NumberError::CheckDigit) }
            }
            Some(_) | None => Err(NumberError::NotTenDigits),
        }
    }

    /// The weighted digits, plus the tens of the weighted ninth, up to the next ten.
    fn check_digit(first: &[u32], ninth: u32) -> u32 {
        let digits = first.iter().copied().chain([ninth]);
        let weighted: u32 = digits.zip(Self::WEIGHTS).map(|(digit, weight)| digit * weight).sum();
        (10 - (weighted + ninth * 5 / 10) % 10) % 10
    }

    /// The ten digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for KoreanNumber {
    type Error = NumberError;
    fn try_from(number: String) -> Result<Self, Self::Error> {
        Self::new(number)
    }
}

impl From<KoreanNumber> for String {
    fn from(number: KoreanNumber) -> Self {
        number.0
    }
}

/// A country other than South Korea: two upper-case letters (ISO 3166-1 alpha-2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ForeignCountry(String);

impl ForeignCountry {
    /// Parses a country's code.
    pub fn new(code: impl Into<String>) -> Result<Self, NumberError> {
        let code = code.into();
        if code == KOREA {
            Err(NumberError::NotForeign)
        } else if code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            Ok(Self(code))
        } else {
            Err(NumberError::Country)
        }
    }

    /// The two letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for ForeignCountry {
    type Error = NumberError;
    fn try_from(code: String) -> Result<Self, Self::Error> {
        Self::new(code)
    }
}

impl From<ForeignCountry> for String {
    fn from(country: ForeignCountry) -> Self {
        country.0
    }
}
