//! Commanding: fold, decide, append; all or nothing, once per command id, a bounded number of times.

use std::sync::Arc;

use futures::StreamExt;
use kernel::Decider;
use kernel::id::{CommandId, CommitId};
use tracing::Instrument;
use uuid::Uuid;

use crate::batch::{Batch, Held};
use crate::cache::{Cache, Turn};
use crate::entry::Handled;
use crate::{
    AppendError, Appended, CommandError, Commit, Context, EventStore, Expected, Filter, Folded, Meta,
    ReadError, Seq, StoredEvent, StreamName, Tailed, Tailing, metrics, trace,
};

/// How often a command is decided anew because somebody else wrote first.
pub const MAX_ATTEMPTS: u32 = 64;

/// The log with its folded aggregates.
#[derive(Clone)]
pub struct Log {
    store: Arc<dyn EventStore>,
    cache: Arc<Cache>,
}

impl std::fmt::Debug for Log {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Log").field("cached", &self.cache.len()).finish_non_exhaustive()
    }
}

/// What a batch came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The position of the last commit; a reader who waits for it sees the write.
    pub position: Seq,
    /// Whether this command id had taken effect before, or everything was already so: nothing was written now.
    pub replayed: bool,
    /// Each aggregate's version afterwards.
    pub versions: Vec<(StreamName, Seq)>,
}

impl Outcome {
    /// The version of one of the batch's aggregates.
    pub fn version_of<D: Decider>(&self, id: &D::Id) -> Seq {
        let stream = StreamName::of::<D>(id);
        self.versions.iter().find(|(name, _)| *name == stream).map_or(Seq(0), |(_, version)| *version)
    }
}

impl Log {
    /// The log kept by `store`.
    pub fn new(store: Arc<dyn EventStore>) -> Self {
        Self { store, cache: Arc::default() }
    }

    /// The store beneath.
    pub fn store(&self) -> &Arc<dyn EventStore> {
        &self.store
    }

    /// Walks the log; see [`EventStore::tail`].
    pub async fn tail(&self, after: Seq, filter: Filter) -> Result<Tailing, ReadError> {
        self.store.tail(after, filter).await
    }

    /// The position of the last commit.
    pub async fn head(&self) -> Result<Seq, ReadError> {
        self.store.head().await
    }

    /// One command to one aggregate.
    pub async fn execute<D: Decider>(
        &self,
        context: &Context,
        id: &D::Id,
        command: D::Command,
    ) -> Result<Outcome, CommandError>
    where
        D::Command: Clone + Sync,
    {
        self.commit(context, Batch::new().with::<D>(id, command)).await
    }

    /// An aggregate as this process knows it; another process may have written since.
    pub async fn read<D: Decider>(&self, id: &D::Id) -> Result<Folded<D>, ReadError> {
        let stream = StreamName::of::<D>(id);
        let mut turn = Turn::<D>::of(self.cache.place(&stream)).await;
        turn.load(&*self.store, &stream).await?;
        Ok(turn.entry().folded.clone())
    }

    /// The first outcome of a command that an aggregate has handled before; `None` where, by what the leader has, it
    /// hasn't.
    pub async fn replay<D: Decider>(
        &self,
        context: &Context,
        id: &D::Id,
    ) -> Result<Option<Outcome>, CommandError> {
        let stream = StreamName::of::<D>(id);
        let mut turn = Turn::<D>::of(self.cache.place(&stream)).await;
        let latest = turn.load(&*self.store, &stream).await?;
        if turn.entry().handled(context.command_id).is_none() && !latest {
            turn.refresh(&*self.store, &stream).await?;
        }
        let Some(handled) = turn.entry().handled(context.command_id) else { return Ok(None) };
        if handled.request.as_deref() != context.request.as_deref() {
            return Err(CommandError::CommandIdReused);
        }
        let versions = vec![(stream, turn.entry().folded.version)];
        Ok(Some(Outcome { position: handled.seq, replayed: true, versions }))
    }

    /// Follows the log and marks what is cached as behind, so that [`Self::read`] is never far behind another process.
    /// Ends when the walk does; begun anew, it forgets what it may have missed.
    pub async fn keep_fresh(&self, filter: Filter) -> Result<(), ReadError> {
        let mut tail = self.tail(self.head().await?, filter).await?;
        self.cache.clear();
        while let Some(step) = tail.next().await {
            if let Tailed::Commit(recorded) = step? {
                self.cache.seen(&recorded.stream, recorded.seq);
            }
        }
        Ok(())
    }

    /// An aggregate with everything acknowledged up to now, by whomever.
    pub async fn read_latest<D: Decider>(&self, id: &D::Id) -> Result<Folded<D>, ReadError> {
        let stream = StreamName::of::<D>(id);
        let mut turn = Turn::<D>::of(self.cache.place(&stream)).await;
        turn.refresh(&*self.store, &stream).await?;
        Ok(turn.entry().folded.clone())
    }

    /// Commits a batch: all of it or nothing, once per command id.
    pub async fn commit(&self, context: &Context, batch: Batch) -> Result<Outcome, CommandError> {
        let outcome = self.carry_out(context, batch).instrument(trace::span(context)).await;
        metrics::commanded(&outcome);
        outcome
    }

    async fn carry_out(&self, context: &Context, batch: Batch) -> Result<Outcome, CommandError> {
        let mut held = self.hold(&batch).await;
        for _ in 0..MAX_ATTEMPTS {
            if let Some(outcome) = self.attempt(context, &mut held).await? {
                return Ok(outcome);
            }
            metrics::decided_again();
        }
        Err(CommandError::Contended { attempts: MAX_ATTEMPTS })
    }

    /// Takes every aggregate's turn, always in the order of their names, so that two batches never wait for each other.
    async fn hold(&self, batch: &Batch) -> Vec<Box<dyn Held>> {
        let mut order: Vec<_> = batch.works.iter().enumerate().collect();
        order.sort_by(|(_, a), (_, b)| a.stream().cmp(b.stream()));
        let mut held = Vec::with_capacity(order.len());
        for (index, work) in order {
            held.push((index, work.hold(&self.cache).await));
        }
        held.sort_by_key(|(index, _)| *index);
        held.into_iter().map(|(_, held)| held).collect()
    }

    /// One round of fold, decide, append. `None`: somebody else was first.
    async fn attempt(
        &self,
        context: &Context,
        held: &mut [Box<dyn Held>],
    ) -> Result<Option<Outcome>, CommandError> {
        for one in held.iter_mut() {
            one.load(&*self.store).await?;
        }
        if let Some(outcome) = replay(context, held)? {
            return Ok(Some(outcome));
        }
        let decided = decide(held);
        if let Ok(commits) = &decided
            && commits.iter().any(|events| !events.is_empty())
        {
            return self.append(context, held, decided?).await;
        }
        // A "no" and an "already so" are answered only from what the leader has.
        if self.refresh(held).await? {
            return Ok(None);
        }
        decided.map(|_| Some(unchanged(held)))
    }

    async fn append(
        &self,
        context: &Context,
        held: &mut [Box<dyn Held>],
        decided: Vec<Vec<StoredEvent>>,
    ) -> Result<Option<Outcome>, CommandError> {
        let meta = Meta::from(context);
        let commits: Vec<Commit> = held
            .iter()
            .zip(decided)
            .filter_map(|(one, events)| commit(one.as_ref(), &meta, events))
            .collect();
        let written: Vec<StreamName> = commits.iter().map(|commit| commit.stream().clone()).collect();
        match self.store.append_all(commits).await {
            Ok(Appended::Committed(last)) => {
                metrics::appended(written.len());
                Ok(Some(folded(context, held, &written, last)))
            }
            Err(AppendError::Conflict { .. }) => {
                metrics::conflicted();
                self.refresh(held).await?;
                Ok(None)
            }
            // Written by an earlier try or by a twin of this process, or perhaps not: read what stands there.
            Ok(Appended::AlreadyCommitted(_)) | Err(AppendError::OutcomeUnknown) => {
                self.resolve(context, held).await.map(Some)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// The leader knows whether the command took effect. While it can't be read either, the outcome stays unknown.
    async fn resolve(&self, context: &Context, held: &mut [Box<dyn Held>]) -> Result<Outcome, CommandError> {
        self.refresh(held).await.map_err(|_| AppendError::OutcomeUnknown)?;
        replay(context, held)?.ok_or_else(|| AppendError::OutcomeUnknown.into())
    }

    /// Reads what the leader has; says whether anything was new.
    async fn refresh(&self, held: &mut [Box<dyn Held>]) -> Result<bool, ReadError> {
        let mut newer = false;
        for one in held {
            newer |= one.refresh(&*self.store).await?;
        }
        Ok(newer)
    }
}

fn commit(held: &dyn Held, meta: &Meta, events: Vec<StoredEvent>) -> Option<Commit> {
    if events.is_empty() {
        return None;
    }
    let expected = Expected::after(held.version());
    let id = commit_id(meta.command_id, held.stream(), held.version());
    Some(Commit::new(held.stream().clone(), expected, id, meta.clone()).with_events(events))
}

/// The same command decided on the same version is the same commit, whoever sends it.
fn commit_id(command: CommandId, stream: &StreamName, version: Seq) -> CommitId {
    CommitId(Uuid::new_v5(&command.0, format!("{stream}@{version}").as_bytes()))
}

fn decide(held: &mut [Box<dyn Held>]) -> Result<Vec<Vec<StoredEvent>>, CommandError> {
    held.iter_mut()
        .map(|one| {
            one.check_version()?;
            one.decide()
        })
        .collect()
}

/// The first outcome again, if any of the aggregates remembers this command.
fn replay(context: &Context, held: &[Box<dyn Held>]) -> Result<Option<Outcome>, CommandError> {
    let handled: Vec<Handled> = held.iter().filter_map(|one| one.handled(context.command_id)).collect();
    if handled.iter().any(|handled| handled.request.as_deref() != context.request.as_deref()) {
        return Err(CommandError::CommandIdReused);
    }
    let position = handled.iter().map(|handled| handled.seq).max();
    Ok(position.map(|position| Outcome { position, replayed: true, versions: versions(held) }))
}

fn unchanged(held: &[Box<dyn Held>]) -> Outcome {
    let position = held.iter().map(|one| one.version()).max().unwrap_or_default();
    Outcome { position, replayed: true, versions: versions(held) }
}

/// Folds the decided events into the aggregates at the positions they got: a batch stands in one piece.
fn folded(context: &Context, held: &mut [Box<dyn Held>], written: &[StreamName], last: Seq) -> Outcome {
    let request: Option<Arc<str>> = context.request.as_deref().map(Arc::from);
    for (back, stream) in written.iter().rev().enumerate() {
        let back = u64::try_from(back).unwrap_or(u64::MAX);
        let seq = Seq(last.0.saturating_sub(back));
        if let Some(one) = held.iter_mut().find(|one| one.stream() == stream) {
            one.committed(context.command_id, Handled { seq, request: request.clone() });
        }
    }
    Outcome { position: last, replayed: false, versions: versions(held) }
}

fn versions(held: &[Box<dyn Held>]) -> Vec<(StreamName, Seq)> {
    held.iter().map(|one| (one.stream().clone(), one.version())).collect()
}
