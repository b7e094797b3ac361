//! Pages by keyset: where a page ends and the next one begins. Never an offset, never more than [`MAX_LIMIT`] rows.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The most rows of one page.
pub const MAX_LIMIT: u32 = 100;
/// The last second of the year 9999, in seconds of the Unix epoch: after every row.
const AFTER_ALL: i64 = 253_402_300_799;

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Page<T, C = Cursor> {
    /// The rows, in the list's order.
    pub items: Vec<T>,
    /// Where the next page begins; none on the last one.
    pub next: Option<C>,
}

/// The last row of a page in a list ordered by an instant, then by id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The row's instant.
    pub at: DateTime<Utc>,
    /// The row's id.
    pub id: Uuid,
}

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

/// How many rows to ask the database for: one more than fit, to know whether there is a next page.
pub(crate) fn rows_to_fetch(limit: u32) -> i64 {
    i64::from(limit.clamp(1, MAX_LIMIT)) + 1
}

impl<T, C> Page<T, C> {
    /// Cuts what [`rows_to_fetch`] brought down to a page.
    pub(crate) fn cut(mut items: Vec<T>, limit: u32, cursor_of: impl Fn(&T) -> C) -> Self {
        let size = usize::try_from(limit.clamp(1, MAX_LIMIT)).unwrap_or(usize::MAX);
        let more = items.len() > size;
        items.truncate(size);
        let next = items.last().filter(|_| more).map(cursor_of);
        Self { items, next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_ends_at_its_limit_and_points_to_its_last_row() {
        let page = Page::cut(vec![1, 2, 3], 2, |row| *row);
        assert_eq!((page.items, page.next), (vec![1, 2], Some(2)));
    }

    #[test]
    fn the_last_page_points_nowhere() {
        let page = Page::cut(vec![1, 2], 2, |row| *row);
        assert_eq!((page.items, page.next), (vec![1, 2], None));
    }

    #[test]
    fn a_limit_out_of_range_is_brought_into_it() {
        assert_eq!((rows_to_fetch(0), rows_to_fetch(1_000_000)), (2, 101));
    }
}
