//! ISO 4217 currencies that a mall may trade in.

use serde::{Deserialize, Serialize};

/// An ISO 4217 currency, written by its alphabetic code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// South Korean won: no minor digits.
    Krw,
    /// Brazilian real: centavos.
    Brl,
    /// Euro: cents.
    Eur,
    /// Japanese yen: no minor digits.
    Jpy,
    /// United States dollar: cents.
    Usd,
}

impl Currency {
    /// The ISO 4217 alphabetic code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Krw => "KRW",
            Self::Brl => "BRL",
            Self::Eur => "EUR",
            Self::Jpy => "JPY",
            Self::Usd => "USD",
        }
    }

    /// How many decimal digits its minor unit has (ISO 4217, column "minor unit").
    pub const fn minor_digits(self) -> u32 {
        match self {
            Self::Krw | Self::Jpy => 0,
            Self::Brl | Self::Eur | Self::Usd => 2,
        }
    }
}

impl std::fmt::Display for Currency {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

/// The code names no currency that a mall may trade in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a supported ISO 4217 currency (KRW, BRL, EUR, JPY, USD)")]
pub struct UnknownCurrency(pub String);

impl std::str::FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(code: &str) -> Result<Self, Self::Err> {
        [Self::Krw, Self::Brl, Self::Eur, Self::Jpy, Self::Usd]
            .into_iter()
            .find(|currency| currency.code() == code)
            .ok_or_else(|| UnknownCurrency(code.to_owned()))
    }
}
