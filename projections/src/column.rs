//! Rows as columns, for `UNNEST`: PostgreSQL takes many rows in one statement and parses no JSON for them.
//!
//! Never here: SQL, or what a column means.

use chrono::{DateTime, SubsecRound, Utc};

/// PostgreSQL keeps instants to the microsecond.
const SUBSECOND_DIGITS: u16 = 6;

/// One column of many rows.
pub(crate) fn column<'a, R, T>(rows: &'a [R], value: impl Fn(&'a R) -> T) -> Vec<T> {
    rows.iter().map(value).collect()
}

/// An instant as PostgreSQL keeps it. What is finer is cut off here, so that a row is the same whichever way it travels:
/// as text it would be rounded, as a binary parameter cut off.
pub(crate) fn instant(at: DateTime<Utc>) -> DateTime<Utc> {
    at.trunc_subsecs(SUBSECOND_DIGITS)
}

/// Texts as one array literal, for a column of arrays: `UNNEST` would flatten arrays of arrays.
pub(crate) fn array_literal(texts: &[String]) -> String {
    let quoted = texts.iter().map(|text| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")));
    format!("{{{}}}", quoted.collect::<Vec<_>>().join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted_whatever_is_in_them() {
        let texts = ["a", "", "NULL", r#"5" {box}, \"#].map(str::to_owned);
        assert_eq!(array_literal(&texts), r#"{"a","","NULL","5\" {box}, \\"}"#);
        assert_eq!(array_literal(&[]), "{}");
    }

    #[test]
    fn an_instant_keeps_its_microseconds() {
        let at = DateTime::from_timestamp(1, 1_234_999).unwrap();
        assert_eq!(instant(at), DateTime::from_timestamp(1, 1_234_000).unwrap());
    }
}
