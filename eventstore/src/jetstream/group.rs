//! Which waiting writes go out together: at most so many messages and bytes, and no subject twice.
//!
//! A server refuses a second guard on a subject within one batch, so of two rivals one waits for the next group.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use async_nats::Subject;
use tokio::sync::oneshot;

use super::answer::{Answer, MAX_BATCH};
use super::send::Prepared;
use crate::Seq;

/// The most bytes of payload in one group.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// When writes go out together.
#[derive(Debug, Clone, Copy)]
pub(super) struct Grouping {
    /// Fewer single messages than this are sent side by side.
    pub(super) worth_a_batch: usize,
    /// How far apart batches begin.
    pub(super) pace: Duration,
}

impl Grouping {
    /// Whether some of a group goes out as a batch.
    pub(super) fn has_batch(&self, group: &Group) -> bool {
        group.members.iter().any(|member| member.messages.len() > 1) || self.is_many(group.len())
    }

    /// Whether one batch costs less than the members one by one.
    pub(super) fn is_worth_a_batch(&self, group: &Group) -> bool {
        group.len() > 1 && self.has_batch(group)
    }

    /// Whether so many writes make a batch, whatever they are.
    pub(super) const fn is_many(&self, writes: usize) -> bool {
        writes >= self.worth_a_batch
    }
}

/// One write that waits: its messages, all or nothing, and who is told what came of it.
#[derive(Debug)]
pub(super) struct Waiting {
    pub(super) messages: Arc<[Prepared]>,
    pub(super) told: oneshot::Sender<Answer>,
}

impl Waiting {
    /// Tells the writer; one who has gone doesn't hear it.
    pub(super) fn tell(self, answer: Answer) {
        let _ = self.told.send(answer);
    }
}

/// Writes that go out together.
#[derive(Debug, Default)]
pub(super) struct Group {
    members: Vec<Waiting>,
    subjects: BTreeSet<Subject>,
    bytes: usize,
}

impl Group {
    /// Takes a write in, or gives it back where it doesn't fit.
    pub(super) fn join(&mut self, waiting: Waiting) -> Result<(), Waiting> {
        let bytes: usize = waiting.messages.iter().map(|message| message.payload.len()).sum();
        let fits = self.members.is_empty()
            || (self.bytes + bytes <= MAX_BYTES
                && self.subjects.len() + waiting.messages.len() <= MAX_BATCH
                && waiting.messages.iter().all(|message| !self.subjects.contains(&message.subject)));
        if !fits {
            return Err(waiting);
        }
        self.bytes += bytes;
        self.subjects.extend(waiting.messages.iter().map(|message| message.subject.clone()));
        self.members.push(waiting);
        Ok(())
    }

    /// How many writes.
    pub(super) fn len(&self) -> usize {
        self.members.len()
    }

    /// How many messages: each has a subject of its own.
    pub(super) fn message_count(&self) -> usize {
        self.subjects.len()
    }

    /// Whether nothing more will fit.
    pub(super) fn is_full(&self) -> bool {
        self.subjects.len() >= MAX_BATCH || self.bytes >= MAX_BYTES
    }

    /// Every message, member after member.
    pub(super) fn messages(&self) -> Vec<&Prepared> {
        self.members.iter().flat_map(|member| member.messages.iter()).collect()
    }

    /// The members, to be sent one by one.
    pub(super) fn into_members(self) -> Vec<Waiting> {
        self.members
    }

    /// Takes out the members that one of these subjects belongs to.
    pub(super) fn part(self, subjects: &BTreeSet<Subject>) -> (Vec<Waiting>, Self) {
        let is_theirs =
            |member: &Waiting| member.messages.iter().any(|message| subjects.contains(&message.subject));
        let (parted, rest): (Vec<_>, Vec<_>) = self.members.into_iter().partition(is_theirs);
        (parted, rest.into_iter().collect())
    }

    /// Tells every member what came of the batch whose last message stands at a position.
    pub(super) fn tell_stored(self, last: Seq) {
        let mut at = last.0;
        for member in self.members.into_iter().rev() {
            let messages = u64::try_from(member.messages.len()).unwrap_or(u64::MAX);
            member.tell(Answer::Stored(Seq(at)));
            at = at.saturating_sub(messages);
        }
    }

    /// Tells every member the same.
    pub(super) fn tell_all(self, answer: &Answer) {
        self.members.into_iter().for_each(|member| member.tell(answer.clone()));
    }
}

impl FromIterator<Waiting> for Group {
    fn from_iter<I: IntoIterator<Item = Waiting>>(members: I) -> Self {
        let members: Vec<Waiting> = members.into_iter().collect();
        let messages = || members.iter().flat_map(|member| member.messages.iter());
        let subjects = messages().map(|message| message.subject.clone()).collect();
        let bytes = messages().map(|message| message.payload.len()).sum();
        Self { members, subjects, bytes }
    }
}
