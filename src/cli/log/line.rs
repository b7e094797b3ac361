//! A commit as a person or a program reads it: without what is sealed or hashed, or exactly as it is stored.

use std::fmt;

use eventstore::{Meta, Recorded, Seq, StoredEvent};
use kernel::id::CommitId;
use serde::Serialize;
use serde_json::value::to_raw_value;

use crate::withheld;

/// One commit, ready to be written.
#[derive(Debug, Serialize)]
pub(super) struct Line {
    position: Seq,
    stream: String,
    commit_id: CommitId,
    #[serde(flatten)]
    meta: Meta,
    events: Vec<StoredEvent>,
}

impl Line {
    /// As it may be shown.
    pub(super) fn of(commit: &Recorded) -> serde_json::Result<Self> {
        let mut line = Self::exact(commit);
        for event in &mut line.events {
            event.data = to_raw_value(&withheld::shown(event.data.get()))?;
        }
        Ok(line)
    }

    /// Exactly as it is stored.
    pub(super) fn exact(commit: &Recorded) -> Self {
        Self {
            position: commit.seq,
            stream: commit.stream.to_string(),
            commit_id: commit.commit_id,
            meta: commit.meta.clone(),
            events: commit.events.clone(),
        }
    }

    /// Whether the text stands anywhere in the commit.
    pub(super) fn speaks_of(&self, text: &str) -> bool {
        self.stream.contains(text) || self.json().is_ok_and(|json| json.contains(text))
    }

    pub(super) fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }
}

/// `position  instant  stream  actor`, then each event with its body on a line of its own.
impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.meta.recorded_at.format("%Y-%m-%d %H:%M:%S%.3f");
        let actor = serde_json::to_string(&self.meta.actor).unwrap_or_default();
        write!(f, "{:>8}  {at}  {}  by {actor}", self.position, self.stream)?;
        if let Some(cause) = self.meta.causation {
            write!(f, "  because of {cause}")?;
        }
        for event in &self.events {
            write!(f, "\n          {:<20} {}", event.name, event.data.get())?;
        }
        Ok(())
    }
}
