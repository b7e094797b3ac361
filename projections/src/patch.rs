//! Partial rows: the columns that a batch of commits changed, collapsed per row in memory and written in one statement.
//!
//! The statement hands each patch to `jsonb_populate_record(old_row, patch)`, which keeps every column that the patch
//! doesn't name. Never here: SQL, or what a column means.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// The changed columns of each row, by the row's key.
#[derive(Debug)]
pub(crate) struct Patches<K>(BTreeMap<K, Map<String, Value>>);

impl<K> Default for Patches<K> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<K: Ord> Patches<K> {
    /// Adds the columns of an object (its key's columns among them); a later word on a column wins.
    pub(crate) fn merge(&mut self, key: K, columns: Value) {
        if let Value::Object(columns) = columns {
            self.0.entry(key).or_default().extend(columns);
        }
    }

    /// Forgets the rows that the test doesn't hold for.
    pub(crate) fn retain(&mut self, test: impl Fn(&K) -> bool) {
        self.0.retain(|key, _| test(key));
    }

    /// All patches as one JSON array; `None` where there is nothing to write.
    pub(crate) fn into_json(self) -> Option<Value> {
        let patches: Vec<Value> = self.0.into_values().map(Value::Object).collect();
        (!patches.is_empty()).then_some(Value::Array(patches))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_later_word_on_a_column_wins_and_the_others_stay() {
        let mut patches = Patches::default();
        patches.merge(1, json!({"id": 1, "name": "first", "phase": "draft"}));
        patches.merge(1, json!({"id": 1, "name": "second"}));
        assert_eq!(patches.into_json(), Some(json!([{"id": 1, "name": "second", "phase": "draft"}])));
    }

    #[test]
    fn nothing_changed_is_nothing_to_write() {
        let mut patches = Patches::default();
        patches.merge(1, json!({"id": 1}));
        patches.retain(|id| *id != 1);
        assert_eq!(patches.into_json(), None);
    }
}
