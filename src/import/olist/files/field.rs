//! The fields of a record: text, numbers, cents, local times. Each problem is told with its column.

use std::str::FromStr;

use chrono::{NaiveDateTime, TimeDelta};
use csv::StringRecord;
use kernel::Timestamp;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// How the data writes a time.
const TIME: &str = "%Y-%m-%d %H:%M:%S";
/// The distance of Brasília's time from UTC in seconds, as the mall has it; the data tells no other.
const UTC_OFFSET_SECONDS: i64 = -10_800;
/// The longest id that is taken.
const ID_CHARACTERS: usize = 40;

/// A record with its header.
#[derive(Debug)]
pub struct Fields<'a> {
    header: &'a StringRecord,
    record: &'a StringRecord,
    /// The record's line in its file, from 1.
    pub line: u64,
}

impl<'a> Fields<'a> {
    pub(super) const fn new(header: &'a StringRecord, record: &'a StringRecord, line: u64) -> Self {
        Self { header, record, line }
    }

    /// A field as it stands, trimmed; empty where there is no such column.
    pub fn raw(&self, column: &str) -> &'a str {
        let index = self.header.iter().position(|name| name == column);
        index.and_then(|index| self.record.get(index)).unwrap_or_default().trim()
    }

    /// An id: not empty, and of a length that ids here have.
    pub fn id(&self, column: &str) -> Result<String, String> {
        let text = self.raw(column);
        let printable =
            text.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'));
        if text.is_empty() {
            Err(format!("{column} is empty"))
        } else if !printable || text.len() > ID_CHARACTERS {
            Err(format!("{column} is no id: `{text}`"))
        } else {
            Ok(text.to_owned())
        }
    }

    /// A text, perhaps empty.
    pub fn text(&self, column: &str) -> String {
        self.raw(column).to_owned()
    }

    /// A whole number.
    pub fn number<N: FromStr>(&self, column: &str) -> Result<N, String> {
        let text = self.raw(column);
        text.parse().map_err(|_| format!("{column} is no number: `{text}`"))
    }

    /// An amount in cents, zero or more.
    pub fn cents(&self, column: &str) -> Result<i64, String> {
        let text = self.raw(column);
        cents(text).ok_or_else(|| format!("{column} is no amount: `{text}`"))
    }

    /// A time.
    pub fn time(&self, column: &str) -> Result<Timestamp, String> {
        let text = self.raw(column);
        local_time(text).ok_or_else(|| format!("{column} is no time: `{text}`"))
    }

    /// A time, or nothing.
    pub fn time_if_any(&self, column: &str) -> Result<Option<Timestamp>, String> {
        if self.raw(column).is_empty() { Ok(None) } else { self.time(column).map(Some) }
    }
}

/// An amount of at most two decimals, in cents: zero to a price's limit.
pub fn cents(text: &str) -> Option<i64> {
    let cents = Decimal::from_str_exact(text).ok()?.checked_mul(Decimal::ONE_HUNDRED)?;
    let whole = cents.is_integer().then(|| cents.to_i64())??;
    kernel::Price::new(whole).is_ok().then_some(whole)
}

/// A local time of the data as an instant.
pub fn local_time(text: &str) -> Option<Timestamp> {
    let local = NaiveDateTime::parse_from_str(text, TIME).ok()?;
    Some(local.checked_sub_signed(TimeDelta::seconds(UTC_OFFSET_SECONDS))?.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_cents() {
        let table = [("199.00", Some(19_900)), ("0.3", Some(30)), ("17", Some(1_700)), ("0.00", Some(0))];
        for (text, expected) in table {
            assert_eq!(cents(text), expected, "{text}");
        }
        for broken in ["", "-1.00", "1.005", "1,00", "1e3", "10000000000.01", "NaN"] {
            assert_eq!(cents(broken), None, "{broken}");
        }
    }

    #[test]
    fn times_are_of_brasilia() {
        let noon = local_time("2018-01-18 12:00:00").unwrap();
        assert_eq!(noon.to_rfc3339(), "2018-01-18T15:00:00+00:00");
        assert_eq!(local_time("2018-02-30 12:00:00"), None);
        assert_eq!(local_time("2018-01-18"), None);
    }
}
