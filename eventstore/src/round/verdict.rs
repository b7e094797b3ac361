//! What becomes of one write in a round, by the aggregates as they are known here.

use crate::batch::{Assumption, Work};
use crate::entry::Handled;
use crate::held::{Decided, Held};
use crate::jetstream::MAX_BATCH;
use crate::member::Member;
use crate::round::Round;
use crate::{CommandError, Outcome, Seq, StreamName};

/// What a write comes to, as far as is known here.
pub(super) enum Verdict {
    /// It took effect before.
    Replayed(Result<Outcome, CommandError>),
    /// It changes this, by aggregate.
    Writes(Vec<(StreamName, Decided)>),
    /// It changes nothing or is refused.
    Unchanged(Result<Outcome, CommandError>),
    /// It can't be decided before the others have written.
    Later,
}

impl Round<'_> {
    pub(super) fn verdict(&self, member: &Member, writers: &[Member]) -> Verdict {
        if let Some(outcome) = self.replay(member) {
            return Verdict::Replayed(outcome);
        }
        if self.must_wait(member, writers) {
            return Verdict::Later;
        }
        let mut changes = Vec::with_capacity(member.works.len());
        for work in &member.works {
            let Some(held) = self.held.get(work.stream()) else { continue };
            match check_version(work.assumption(), held.as_ref()).and_then(|()| work.decide(held.as_ref())) {
                Ok(decided) if decided.stored.is_empty() => {}
                Ok(decided) => changes.push((work.stream().clone(), decided)),
                Err(error) => return Verdict::Unchanged(Err(error)),
            }
        }
        if changes.is_empty() {
            Verdict::Unchanged(Ok(self.already_so(member)))
        } else {
            Verdict::Writes(changes)
        }
    }

    /// Whether it needs to see first what the others of this round have written: it is one of them under the same name,
    /// speaks of a version, or may not share a commit; or there is no room.
    fn must_wait(&self, member: &Member, writers: &[Member]) -> bool {
        if writers.is_empty() {
            return false;
        }
        let twin = |writer: &Member| writer.context.command_id == member.context.command_id;
        let ahead = self.held.values().filter(|held| held.is_ahead()).count();
        self.one_by_one
            || ahead + member.works.len() > MAX_BATCH
            || writers.iter().any(twin)
            || member.works.iter().any(|work| self.is_apart(work.as_ref()))
    }

    /// Whether others of this round wrote to the aggregate, and this may not join them.
    fn is_apart(&self, work: &dyn Work) -> bool {
        let speaks_of_version = matches!(work.assumption(), Assumption::Version(_));
        let held = self.held.get(work.stream());
        held.is_some_and(|held| held.is_ahead() && (speaks_of_version || !held.combines()))
    }

    /// The first outcome again, if any of the aggregates remembers this command.
    pub(super) fn replay(&self, member: &Member) -> Option<Result<Outcome, CommandError>> {
        let handled = self.handled(member);
        if handled.iter().any(|handled| handled.request.as_deref() != member.context.request.as_deref()) {
            return Some(Err(CommandError::CommandIdReused));
        }
        let position = handled.iter().map(|handled| handled.seq).max()?;
        Some(Ok(Outcome { position, replayed: true, versions: self.versions(member) }))
    }

    fn handled(&self, member: &Member) -> Vec<Handled> {
        let command = member.context.command_id;
        member.streams().filter_map(|stream| self.held.get(stream)?.handled(command)).collect()
    }

    /// What a write that stands in the log now came to.
    pub(super) fn written(&self, member: &Member) -> Outcome {
        let position = self.handled(member).iter().map(|handled| handled.seq).max().unwrap_or_default();
        Outcome { position, replayed: false, versions: self.versions(member) }
    }

    /// What a write that changes nothing comes to.
    fn already_so(&self, member: &Member) -> Outcome {
        let versions = self.versions(member);
        let position = versions.iter().map(|(_, version)| *version).max().unwrap_or_default();
        Outcome { position, replayed: true, versions }
    }

    fn versions(&self, member: &Member) -> Vec<(StreamName, Seq)> {
        let version = |stream: &StreamName| self.held.get(stream).map_or(Seq(0), |held| held.version());
        member.streams().map(|stream| (stream.clone(), version(stream))).collect()
    }
}

fn check_version(assumption: Assumption, held: &dyn Held) -> Result<(), CommandError> {
    let actual = held.version();
    match assumption {
        Assumption::Version(expected) if expected != actual => {
            Err(CommandError::VersionMismatch { stream: held.stream().clone(), expected, actual })
        }
        Assumption::Version(_) | Assumption::Nothing | Assumption::Absent => Ok(()),
    }
}
