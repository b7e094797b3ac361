//! A page of a list, by keyset: it says where the next one begins. Never an offset.

use serde::Serialize;

/// The most rows of one page.
pub const PAGE_MAX: i64 = 100;

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Page<T, C> {
    /// Its rows.
    pub items: Vec<T>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<C>,
}

/// How many rows to fetch for a page of `limit`: one more tells whether there is a next page.
pub(super) fn fetched(limit: i64) -> i64 {
    limit.clamp(1, PAGE_MAX) + 1
}

impl<T, C> Page<T, C> {
    /// The page of the [`fetched`] rows.
    pub(super) fn of(mut items: Vec<T>, limit: i64, cursor: impl Fn(&T) -> C) -> Self {
        let length = usize::try_from(limit.clamp(1, PAGE_MAX)).unwrap_or(1);
        let more = items.len() > length;
        items.truncate(length);
        let next = if more { items.last().map(cursor) } else { None };
        Self { items, next }
    }
}
