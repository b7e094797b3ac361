//! What clients were told: every acknowledged write with its position in the log. The checker believes nobody else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Mutex, MutexGuard};

use serde::Serialize;
use uuid::Uuid;

/// An acknowledged write, as `jangteo verify --journal` reads it: a commit stands at this position, of this stream or
/// under this command id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Acknowledged {
    /// The position that was told.
    pub position: u64,
    /// The stream that was written, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream: Option<String>,
    /// The command that was given, where its name is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command_id: Option<Uuid>,
}

/// What a write meant, for business rather than for the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// An order was placed under its key.
    Placed {
        /// The order.
        order: Uuid,
    },
    /// A payment's money was taken.
    Captured {
        /// The payment.
        payment: Uuid,
    },
    /// Something else, which its position alone proves.
    Done,
}

/// What every client was told.
#[derive(Debug, Default)]
pub struct Journal(Mutex<Pages>);

/// The same, at the end.
#[derive(Debug, Default, Clone)]
pub struct Pages {
    /// Acknowledged writes.
    pub acknowledged: Vec<Acknowledged>,
    /// What they meant.
    pub told: Vec<Told>,
    /// The writes of each kind that were acknowledged, however often, by their path and key.
    pub by_kind: BTreeMap<&'static str, BTreeSet<String>>,
    /// Refusals by kind of write and code.
    pub refused: BTreeMap<(&'static str, String), usize>,
    /// Answers that led to another try, by their code.
    pub repeated: BTreeMap<String, usize>,
    /// Writes that got no answer within a client's patience.
    pub unanswered: usize,
}

impl Journal {
    /// A write was acknowledged.
    pub fn acknowledge(&self, (kind, name): (&'static str, String), acknowledged: Acknowledged, told: Told) {
        let mut pages = self.pages();
        pages.by_kind.entry(kind).or_default().insert(name);
        pages.acknowledged.push(acknowledged);
        pages.told.push(told);
    }

    /// A write was refused by a rule.
    pub fn refuse(&self, kind: &'static str, code: &str) {
        *self.pages().refused.entry((kind, code.to_owned())).or_default() += 1;
    }

    /// A try had no answer, or one that says to try again.
    pub fn repeat(&self, code: &str) {
        *self.pages().repeated.entry(code.to_owned()).or_default() += 1;
    }

    /// A client lost its patience.
    pub fn give_up(&self) {
        self.pages().unanswered += 1;
    }

    /// Everything so far.
    pub fn read(&self) -> Pages {
        self.pages().clone()
    }

    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.0.lock().unwrap()
    }
}

impl Pages {
    /// How many writes of which kind were acknowledged.
    pub fn counts(&self) -> BTreeMap<&'static str, usize> {
        self.by_kind.iter().map(|(kind, names)| (*kind, names.len())).collect()
    }

    /// Writes the acknowledged writes as JSON Lines.
    pub fn write_to(&self, path: &Path) {
        let lines = self.acknowledged.iter().map(|entry| serde_json::to_string(entry).unwrap() + "\n");
        std::fs::write(path, lines.collect::<String>()).unwrap();
    }
}
