//! The log in memory: the contract's simplest keeper, for tests of what stands on it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use futures::{Stream, StreamExt};
use tokio::sync::watch;

use crate::jetstream::MAX_BATCH;
use crate::{
    AppendError, Appended, Commit, EventStore, Filter, Message, Messages, ReadError, Recorded, Seq,
    StreamName, Tailed, Tailing,
};

/// The largest commit: a server's usual limit.
const MAX_COMMIT_BYTES: usize = 1024 * 1024;

#[derive(Debug, Default)]
struct Held {
    commits: Vec<Recorded>,
    last: BTreeMap<StreamName, Seq>,
}

/// An in-memory log.
#[derive(Debug)]
pub struct Memory {
    held: Arc<Mutex<Held>>,
    head: watch::Sender<Seq>,
}

impl Default for Memory {
    fn default() -> Self {
        Self { held: Arc::default(), head: watch::Sender::new(Seq(0)) }
    }
}

impl Memory {
    /// Another log that begins with the same commits.
    #[must_use]
    pub fn copy(&self) -> Self {
        let Held { commits, last } = &*self.held();
        let held = Held { commits: commits.clone(), last: last.clone() };
        let end = *self.head.borrow();
        Self { held: Arc::new(Mutex::new(held)), head: watch::Sender::new(end) }
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Every commit after a position, and those that come later.
    fn follow(&self, after: Seq) -> impl Stream<Item = Recorded> + Send + use<> {
        let held = self.held.clone();
        futures::stream::unfold((after, self.head.subscribe()), move |(at, mut head)| {
            let held = held.clone();
            async move {
                head.wait_for(|head| *head > at).await.ok()?;
                let next = held.lock().unwrap_or_else(PoisonError::into_inner).after(at).first().cloned()?;
                let at = next.seq;
                Some((next, (at, head)))
            }
        })
    }
}

impl Held {
    fn next_seq(&self) -> Seq {
        Seq(u64::try_from(self.commits.len()).unwrap_or(u64::MAX) + 1)
    }

    /// Where this very commit stands, if it does.
    fn find(&self, commit: &Commit) -> Option<Seq> {
        self.commits
            .iter()
            .find(|held| held.commit_id == commit.id() && held.stream == *commit.stream())
            .map(|c| c.seq)
    }

    fn guard_fails(&self, commit: &Commit) -> bool {
        let last = self.last.get(commit.stream()).copied().unwrap_or_default();
        last != commit.expected().seq()
    }

    fn push(&mut self, commit: Commit) -> Seq {
        let seq = self.next_seq();
        self.last.insert(commit.stream.clone(), seq);
        self.commits.push(Recorded::of(seq, commit.stream, commit.envelope));
        seq
    }

    fn after(&self, seq: Seq) -> &[Recorded] {
        let start = usize::try_from(seq.0).unwrap_or(usize::MAX);
        self.commits.get(start..).unwrap_or_default()
    }
}

#[async_trait]
impl EventStore for Memory {
    async fn append(&self, commit: Commit) -> Result<Appended, AppendError> {
        self.append_all(vec![commit]).await
    }

    async fn append_all(&self, commits: Vec<Commit>) -> Result<Appended, AppendError> {
        if commits.is_empty() || commits.len() > MAX_BATCH {
            return Err(AppendError::TooLarge(format!("{} commits in one batch", commits.len())));
        }
        if let Some(commit) = commits.iter().find(|commit| commit.bytes() > MAX_COMMIT_BYTES) {
            return Err(AppendError::TooLarge(format!("{} bytes in one commit", commit.bytes())));
        }
        let mut held = self.held();
        if let Some(seq) = commits.last().and_then(|commit| held.find(commit)) {
            return Ok(Appended::AlreadyCommitted(seq));
        }
        let mut streams = BTreeSet::new();
        if let Some(loser) = commits.iter().find(|c| !streams.insert(c.stream()) || held.guard_fails(c)) {
            return Err(AppendError::Conflict { stream: loser.stream().clone() });
        }
        let last = commits.into_iter().map(|commit| held.push(commit)).last().unwrap_or_default();
        self.head.send_replace(last);
        Ok(Appended::Committed(last))
    }

    async fn load(&self, stream: &StreamName, after: Seq) -> Result<Vec<Recorded>, ReadError> {
        Ok(self.held().after(after).iter().filter(|held| held.stream == *stream).cloned().collect())
    }

    async fn load_latest(&self, stream: &StreamName, after: Seq) -> Result<Vec<Recorded>, ReadError> {
        self.load(stream, after).await
    }

    async fn last(&self, stream: &StreamName) -> Result<Option<Recorded>, ReadError> {
        Ok(self.held().commits.iter().rfind(|held| held.stream == *stream).cloned())
    }

    async fn messages_of(&self, stream: &StreamName) -> Result<Vec<Message>, ReadError> {
        self.held().commits.iter().filter(|held| held.stream == *stream).map(Recorded::message).collect()
    }

    async fn messages(&self, after: Seq) -> Result<Messages, ReadError> {
        Ok(self.follow(after).map(|commit| commit.message()).boxed())
    }

    fn walk(&self, after: Seq, through: Seq) -> Messages {
        let held = self.held();
        let commits = held.after(after).iter().take_while(|commit| commit.seq <= through);
        let messages: Vec<_> = commits.map(Recorded::message).collect();
        futures::stream::iter(messages).boxed()
    }

    async fn tail(&self, after: Seq, filter: Filter) -> Result<Tailing, ReadError> {
        let step = move |next: Recorded| {
            let wanted = filter.wants(&next.stream);
            Ok(if wanted { Tailed::Commit(Arc::new(next)) } else { Tailed::Passed(next.seq) })
        };
        Ok(self.follow(after).map(step).boxed())
    }

    async fn head(&self) -> Result<Seq, ReadError> {
        Ok(*self.head.borrow())
    }
}
