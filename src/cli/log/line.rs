//! A commit as a person or a program reads it: without what is sealed or hashed, or exactly as it is stored.

use std::fmt;

use eventstore::{Further, Meta, Recorded, Seq, StoredEvent};
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
    #[serde(skip_serializing_if = "Vec::is_empty")]
    further: Vec<Further>,
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
            further: commit.further.clone(),
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

/// `position  instant  stream  actor`, then each event with its body on a line of its own. Where several commands share the
/// commit, each but the first is introduced by a line of its own before its events.
impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>8}  {}  {}", self.position, instant(&self.meta), self.stream)?;
        write_who(f, &self.meta)?;
        for (nth, event) in self.events.iter().enumerate() {
            for further in self.further.iter().filter(|further| further.first_event == nth) {
                write!(f, "\n          {}  and", instant(&further.meta))?;
                write_who(f, &further.meta)?;
            }
            write!(f, "\n          {:<20} {}", event.name, event.data.get())?;
        }
        Ok(())
    }
}

fn instant(meta: &Meta) -> impl fmt::Display {
    meta.recorded_at.format("%Y-%m-%d %H:%M:%S%.3f")
}

fn write_who(f: &mut fmt::Formatter<'_>, meta: &Meta) -> fmt::Result {
    write!(f, "  by {}", serde_json::to_string(&meta.actor).unwrap_or_default())?;
    match meta.causation {
        Some(cause) => write!(f, "  because of {cause}"),
        None => Ok(()),
    }
}
