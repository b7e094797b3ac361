//! Instants as callers give them: of the years 1970 to 9999, which every reader of the log can store.
//!
//! An instant outside them would stand in the log for ever and stop each read model that meets it. Never here: a rule
//! about what comes before what.

use chrono::{DateTime, Datelike, Utc};
use serde::{Deserialize, Deserializer, de};

/// The years that a caller may name.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=9999;

fn bounded<E: de::Error>(at: DateTime<Utc>) -> Result<DateTime<Utc>, E> {
    if YEARS.contains(&at.year()) {
        Ok(at)
    } else {
        Err(E::custom(format!("an instant lies in the years {} to {}: {at}", YEARS.start(), YEARS.end())))
    }
}

/// Reads an instant.
pub(crate) fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DateTime<Utc>, D::Error> {
    bounded(DateTime::deserialize(deserializer)?)
}

/// Reads an instant that may be left out; the field needs a `serde(default)` beside.
pub(crate) fn if_given<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<DateTime<Utc>>, D::Error> {
    Option::deserialize(deserializer)?.map(bounded).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Asked {
        #[serde(deserialize_with = "given")]
        from: DateTime<Utc>,
        #[serde(default, deserialize_with = "if_given")]
        until: Option<DateTime<Utc>>,
    }

    fn asked(json: &str) -> Result<Asked, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn an_instant_of_our_days_is_taken() {
        let taken = asked(r#"{"from":"1970-01-01T00:00:00Z","until":"9999-12-31T23:59:59Z"}"#).unwrap();
        assert_eq!((taken.from.year(), taken.until.map(|until| until.year())), (1970, Some(9999)));
        assert!(asked(r#"{"from":"2026-01-01T00:00:00Z"}"#).unwrap().until.is_none());
    }

    #[test]
    fn an_instant_that_no_database_holds_is_refused() {
        for year in ["0000", "1969", "+10000", "+20000", "-0001"] {
            let from = format!(r#"{{"from":"{year}-01-01T00:00:00Z"}}"#);
            assert!(asked(&from).unwrap_err().to_string().contains("the years 1970 to 9999"), "{year}");
            let until = format!(r#"{{"from":"2026-01-01T00:00:00Z","until":"{year}-01-01T00:00:00Z"}}"#);
            assert!(asked(&until).is_err(), "{year}");
        }
    }
}
