//! What a batch of commits does to one table, row by row in memory: each row is written once, however often it changed.
//!
//! Never here: SQL, or what a change means; that is each read model's business.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use serde::Serialize;

/// A change to one row.
pub(crate) trait Change {
    /// What names the row.
    type Key: Ord;

    /// The row that changes.
    fn key(&self) -> Self::Key;

    /// Adds what happened to the row after this.
    fn then(&mut self, later: Self);
}

/// A row that a batch may both begin and change.
pub(crate) trait Beginning<C: Change> {
    /// What names the row.
    fn key(&self) -> C::Key;

    /// Takes in what happened to the row after it began.
    fn absorb(&mut self, change: C);
}

/// The rows of one table that a batch touches: new ones whole, older ones by what changes in them.
#[derive(Debug)]
pub(crate) struct Touched<R, C: Change> {
    new: BTreeMap<C::Key, R>,
    changed: BTreeMap<C::Key, C>,
}

impl<R: Beginning<C>, C: Change> Touched<R, C> {
    /// No row yet.
    pub(crate) const fn none() -> Self {
        Self { new: BTreeMap::new(), changed: BTreeMap::new() }
    }

    /// The new rows.
    pub(crate) fn new_rows(&self) -> Vec<&R> {
        self.new.values().collect()
    }

    /// A row begins.
    pub(crate) fn add(&mut self, row: R) {
        self.new.insert(row.key(), row);
    }

    /// A row changes.
    pub(crate) fn change(&mut self, change: C) {
        if let Some(row) = self.new.get_mut(&change.key()) {
            return row.absorb(change);
        }
        match self.changed.entry(change.key()) {
            Entry::Vacant(place) => {
                place.insert(change);
            }
            Entry::Occupied(mut earlier) => earlier.get_mut().then(change),
        }
    }
}

impl<R, C: Change + Serialize> Touched<R, C> {
    /// The changes as one parameter; see [`parameter`].
    pub(crate) fn changes(&self) -> sqlx::Result<Option<String>> {
        parameter(self.changed.values())
    }
}

/// Rows as one JSON array, for `json_populate_recordset(NULL::<table>, $1::text::json)`: its objects' fields are the
/// table's columns. `None` where there is nothing to write.
pub(crate) fn parameter<T: Serialize>(rows: impl IntoIterator<Item = T>) -> sqlx::Result<Option<String>> {
    let rows: Vec<T> = rows.into_iter().collect();
    if rows.is_empty() {
        return Ok(None);
    }
    serde_json::to_string(&rows).map(Some).map_err(|error| sqlx::Error::Encode(Box::new(error)))
}

/// The later word, where there is one.
pub(crate) fn replace<T>(now: &mut Option<T>, later: Option<T>) {
    if later.is_some() {
        *now = later;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize)]
    struct Sum(u8, u32);

    impl Change for Sum {
        type Key = u8;
        fn key(&self) -> u8 {
            self.0
        }
        fn then(&mut self, later: Self) {
            self.1 += later.1;
        }
    }

    impl Beginning<Self> for Sum {
        fn key(&self) -> u8 {
            self.0
        }
        fn absorb(&mut self, change: Self) {
            self.then(change);
        }
    }

    #[test]
    fn a_new_row_takes_its_changes_in_and_an_older_one_gathers_them() {
        let mut touched = Touched::<Sum, Sum>::none();
        touched.add(Sum(1, 10));
        assert_eq!(touched.changes().unwrap(), None);
        for change in [Sum(1, 5), Sum(2, 1), Sum(2, 2)] {
            touched.change(change);
        }
        assert_eq!(touched.new_rows(), [&Sum(1, 15)]);
        assert_eq!(touched.changes().unwrap().as_deref(), Some("[[2,3]]"));
    }

    #[test]
    fn nothing_to_write_is_no_parameter() {
        let touched = Touched::<Sum, Sum>::none();
        assert_eq!(parameter(touched.new_rows()).unwrap(), None);
        assert_eq!(touched.changes().unwrap(), None);
    }
}
