//! An aggregate's own history, and what it was as of a position or an instant: folded anew from its commits, beside the
//! cache, which knows only the present.

use kernel::{Decider, Timestamp};

use crate::{Folded, Log, ReadError, Recorded, Seq, StreamName};

/// A moment of the past.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsOf {
    /// What stood in the log through this position.
    Position(Seq),
    /// What was recorded up to this instant.
    Instant(Timestamp),
}

impl AsOf {
    /// The commits of one aggregate that stood then: its history up to the first that came later.
    pub fn of(self, commits: &[Recorded]) -> &[Recorded] {
        let later = |commit: &Recorded| match self {
            Self::Position(position) => commit.seq > position,
            Self::Instant(instant) => commit.meta.recorded_at > instant,
        };
        let end = commits.iter().position(later).unwrap_or(commits.len());
        commits.get(..end).unwrap_or_default()
    }
}

impl Log {
    /// Every commit of an aggregate, complete up to the moment of the call.
    pub async fn history<D: Decider>(&self, id: &D::Id) -> Result<Vec<Recorded>, ReadError> {
        self.store().load_latest(&StreamName::of::<D>(id), Seq(0)).await
    }
}

/// What an aggregate is after these commits of its history.
pub fn fold<D: Decider>(commits: &[Recorded]) -> Result<Folded<D>, ReadError> {
    commits.iter().try_fold(Folded::default(), |folded: Folded<D>, commit| {
        let events = commit.decode::<D::Event>()?;
        Ok(Folded { state: events.iter().fold(folded.state, D::evolve), version: commit.seq })
    })
}
