//! Which postal codes are remote (제주·도서산간): ranges of codes, each of one kind of area. Data of a mall.
//!
//! Never here: what a merchant charges for it (see [`delivery_policy`](crate::delivery_policy)).

use serde::{Deserialize, Serialize};

/// The most ranges of one mall.
pub const RANGES_MAX: usize = 1_000;
/// The most digits of a postal code.
pub const DIGITS_MAX: usize = 10;

/// Why delivery somewhere costs more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RemoteArea {
    /// Jeju (제주).
    Jeju,
    /// Another island, or a place hard to reach (도서산간).
    Island,
}

/// Postal codes from one to another, both included: as many digits each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoteRange {
    /// What they are.
    pub area: RemoteArea,
    /// The first.
    pub from: String,
    /// The last.
    pub to: String,
}

/// A mall's remote areas: at most [`RANGES_MAX`] ranges, no code in two.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<RemoteRange>", into = "Vec<RemoteRange>")]
pub struct RemoteAreas(Vec<RemoteRange>);

/// The ranges can't be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RemoteAreasError {
    /// More than [`RANGES_MAX`].
    #[error("a mall has at most {max} ranges of remote postal codes, not {0}", max = RANGES_MAX)]
    TooMany(usize),
    /// No range of codes.
    #[error("`{from}` to `{to}` is no range of postal codes: 1 to {max} digits, as many in both, the lower first", max = DIGITS_MAX)]
    NoRange {
        /// The first code given.
        from: String,
        /// The last code given.
        to: String,
    },
    /// A code in two ranges.
    #[error("postal code {0} is in two ranges")]
    Overlap(String),
}

impl RemoteAreas {
    /// Areas from their ranges, in any order.
    pub fn new(mut ranges: Vec<RemoteRange>) -> Result<Self, RemoteAreasError> {
        if ranges.len() > RANGES_MAX {
            return Err(RemoteAreasError::TooMany(ranges.len()));
        }
        if let Some(RemoteRange { from, to, .. }) = ranges.iter().find(|range| !range.is_range()) {
            return Err(RemoteAreasError::NoRange { from: from.clone(), to: to.clone() });
        }
        ranges.sort_by(|one, other| one.key().cmp(&other.key()));
        let mut pairs = ranges.iter().zip(ranges.iter().skip(1));
        match pairs.find(|(one, next)| one.contains(&next.from)) {
            Some((_, next)) => Err(RemoteAreasError::Overlap(next.from.clone())),
            None => Ok(Self(ranges)),
        }
    }

    /// What a postal code is, if it is remote. Spaces and hyphens in it don't matter.
    pub fn of(&self, postal_code: &str) -> Option<RemoteArea> {
        let digits: String = postal_code.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        self.0.iter().find(|range| range.contains(&digits)).map(|range| range.area)
    }
}

impl RemoteRange {
    fn is_range(&self) -> bool {
        let digits = self.from.len();
        (1..=DIGITS_MAX).contains(&digits)
            && self.to.len() == digits
            && all_digits(&self.from)
            && all_digits(&self.to)
            && self.from <= self.to
    }

    fn key(&self) -> (usize, &str) {
        (self.from.len(), &self.from)
    }

    /// Codes of as many digits are in the order of their numbers.
    fn contains(&self, code: &str) -> bool {
        all_digits(code)
            && code.len() == self.from.len()
            && self.from.as_str() <= code
            && code <= self.to.as_str()
    }
}

fn all_digits(code: &str) -> bool {
    code.bytes().all(|byte| byte.is_ascii_digit())
}

impl TryFrom<Vec<RemoteRange>> for RemoteAreas {
    type Error = RemoteAreasError;
    fn try_from(ranges: Vec<RemoteRange>) -> Result<Self, Self::Error> {
        Self::new(ranges)
    }
}

impl From<RemoteAreas> for Vec<RemoteRange> {
    fn from(areas: RemoteAreas) -> Self {
        areas.0
    }
}
