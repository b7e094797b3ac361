//! Pages by keyset: a cursor names the last row seen, so that a page costs the same wherever it is.
//!
//! Never here: an OFFSET, or a page without a limit.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// The most rows on one page.
pub const PAGE_MAX: u32 = 100;
/// The last second of the year 9999, in seconds of the Unix epoch: after every row.
const AFTER_ALL: i64 = 253_402_300_799;

/// The last row of a page, by its instant and id. Its text form is what an API hands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The instant that the list is ordered by.
    pub at: DateTime<Utc>,
    /// The row's id, which decides between equal instants.
    pub id: Uuid,
}

/// The text is no cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a cursor that a page has given")]
pub struct CursorError;

impl Cursor {
    /// Before the first row of a list that begins with the newest.
    pub(crate) fn newest() -> Self {
        Self { at: DateTime::from_timestamp(AFTER_ALL, 0).unwrap_or_default(), id: Uuid::max() }
    }

    /// Before the first row of a list that begins with the oldest.
    pub(crate) fn oldest() -> Self {
        Self { at: DateTime::UNIX_EPOCH, id: Uuid::nil() }
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.at.timestamp_micros(), self.id.simple())
    }
}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        let (micros, id) = text.split_once('_').ok_or(CursorError)?;
        let at = micros.parse().ok().and_then(DateTime::from_timestamp_micros).ok_or(CursorError)?;
        Ok(Self { at, id: Uuid::parse_str(id).map_err(|_| CursorError)? })
    }
}

/// Some rows of a list, and where the next ones begin.
#[derive(Debug, Clone)]
pub struct Page<T> {
    /// The rows.
    pub items: Vec<T>,
    /// Where to go on; `None` on the last page.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// A page from rows that were read with [`rows_to_read`].
    pub(crate) fn of(mut items: Vec<T>, limit: u32, cursor: impl Fn(&T) -> Cursor) -> Self {
        let shown = usize::try_from(clamped(limit)).unwrap_or(usize::MAX);
        let more = items.len() > shown;
        items.truncate(shown);
        let next = if more { items.last().map(cursor) } else { None };
        Self { items, next }
    }
}

/// How many rows to read for a page of `limit`: one more than is shown tells whether another page follows.
pub(crate) fn rows_to_read(limit: u32) -> i64 {
    i64::from(clamped(limit)) + 1
}

fn clamped(limit: u32) -> u32 {
    limit.clamp(1, PAGE_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_its_text() {
        let cursor =
            Cursor { at: DateTime::from_timestamp_micros(1_800_000_000_123_456).unwrap(), id: Uuid::max() };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        assert_eq!("yesterday".parse::<Cursor>(), Err(CursorError));
    }

    #[test]
    fn only_a_page_with_rows_left_has_a_next() {
        let cursor = |_: &u8| Cursor::oldest();
        assert_eq!(Page::of(vec![1, 2], 2, cursor).next, None);
        let page = Page::of(vec![1, 2, 3], 2, cursor);
        assert_eq!((page.items.len(), page.next.is_some()), (2, true));
    }

    #[test]
    fn a_page_is_never_larger_than_the_limit() {
        assert_eq!(rows_to_read(u32::MAX), i64::from(PAGE_MAX) + 1);
        assert_eq!(rows_to_read(0), 2);
    }
}
