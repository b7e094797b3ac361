//! Commanding: fold, decide, append; all or nothing, once per command id, a bounded number of times. How is in `meeting`
//! (who goes together) and `round` (what they do).

use std::collections::HashSet;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use futures::{FutureExt, StreamExt};
use kernel::Decider;
use tracing::Instrument;

use crate::cache::{Cache, Turn};
use crate::meeting::{Arrival, Meeting};
use crate::member::Member;
use crate::{
    AppendError, Batch, CommandError, Context, EventStore, Filter, Folded, ReadError, Seq, Snapshots,
    StreamName, Tailed, Tailing, metrics, round, trace,
};

/// The log with its folded aggregates.
#[derive(Clone)]
pub struct Log {
    store: Arc<dyn EventStore>,
    cache: Arc<Cache>,
    meeting: Arc<Meeting>,
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
        Self { store, cache: Arc::new(Cache::new(None)), meeting: Arc::default() }
    }

    /// The same log, its long aggregates begun at their snapshots.
    #[must_use]
    pub fn with_snapshots(self, snapshots: Arc<dyn Snapshots>) -> Self {
        Self { cache: Arc::new(Cache::new(Some(snapshots))), ..self }
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
        self.cache.weigh(&stream);
        Ok(turn.entry().folded.clone())
    }

    /// An aggregate as this process knows it, or, where it knows of none, with everything acknowledged up to now: for what is
    /// the same in every state of it.
    pub async fn read_known<D: Decider>(&self, id: &D::Id) -> Result<Folded<D>, ReadError> {
        let known = self.read::<D>(id).await?;
        if known.exists() { Ok(known) } else { self.read_latest::<D>(id).await }
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
        self.cache.weigh(&stream);
        Ok(turn.entry().folded.clone())
    }

    /// Commits a batch: all of it or nothing, once per command id. It goes to its end whether or not the caller waits.
    pub async fn commit(&self, context: &Context, batch: Batch) -> Result<Outcome, CommandError> {
        let outcome = self.carry_out(context, batch).instrument(trace::span(context)).await;
        metrics::commanded(&outcome);
        outcome
    }

    async fn carry_out(&self, context: &Context, batch: Batch) -> Result<Outcome, CommandError> {
        let (member, hearing) = Member::new(context.clone(), batch);
        match self.meeting.arrive(member) {
            Arrival::Goes(group) => self.start(group),
            Arrival::Waits => {}
            Arrival::Refused => {
                return Err(AppendError::Unavailable("too many writes wait already".to_owned()).into());
            }
        }
        hearing.outcome().await
    }

    /// Sets a group going. Whatever becomes of it, who waits for its aggregates goes on afterwards.
    fn start(&self, group: Vec<Member>) {
        let log = self.clone();
        let work = async move {
            let left: HashSet<StreamName> = group.iter().flat_map(Member::streams).cloned().collect();
            let work = round::see_through(&*log.store, &log.cache, group, |freed| log.leave(&freed));
            if AssertUnwindSafe(work).catch_unwind().await.is_err() {
                log.leave(&left);
            }
        };
        tokio::spawn(work.in_current_span());
    }

    /// Nobody is at work on these aggregates any more: who waits for them goes.
    fn leave(&self, freed: &HashSet<StreamName>) {
        for stream in freed {
            self.cache.weigh(stream);
        }
        for group in self.meeting.leave(freed) {
            self.start(group);
        }
    }
}
