//! An aggregate's own history, and what it was as of a position or an instant: folded anew from its commits, beside the
//! cache, which knows only the present.

use std::sync::Arc;

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
        let state = events.iter().fold(Arc::unwrap_or_clone(folded.state), D::evolve);
        Ok(Folded { state: state.into(), version: commit.seq })
    })
}

#[cfg(test)]
mod tests {
    use kernel::Actor;
    use kernel::id::{CommandId, CommitId, CorrelationId};
    use uuid::Uuid;

    use super::*;
    use crate::{Context, Decoded, Meta};

    /// A commit at a position, recorded so many seconds after the beginning of time.
    fn commit(seq: u64, seconds: i64) -> Recorded {
        let meta = Meta::from(&Context {
            command_id: CommandId(Uuid::nil()),
            correlation_id: CorrelationId(Uuid::nil()),
            causation: None,
            actor: Actor::Guest,
            at: instant(seconds),
            request: None,
        });
        let (stream, commit_id) = (StreamName::new("order", "order", 1), CommitId(Uuid::nil()));
        Recorded {
            seq: Seq(seq),
            stream,
            commit_id,
            after: None,
            events: Vec::new(),
            meta,
            further: Vec::new(),
            decoded: Decoded::default(),
        }
    }

    fn instant(seconds: i64) -> Timestamp {
        chrono::DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn what_stood_at_a_position_is_what_stood_through_it() {
        let commits = [commit(3, 10), commit(7, 20)];
        let through = |position| AsOf::Position(Seq(position)).of(&commits).len();
        assert_eq!([0, 2, 3, 6, 7, 100].map(through), [0, 0, 1, 1, 2, 2]);
    }

    /// Processes' clocks differ a little: what stands behind a later commit is later, whatever its clock said.
    #[test]
    fn what_stood_at_an_instant_ends_with_the_first_that_came_later() {
        let commits = [commit(3, 10), commit(7, 20), commit(9, 15)];
        let by = |seconds| AsOf::Instant(instant(seconds)).of(&commits).len();
        assert_eq!([9, 10, 15, 19, 20, 30].map(by), [0, 1, 1, 1, 3, 3]);
    }
}
