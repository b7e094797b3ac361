//! Aggregates kept folded, each behind its turn; bounded in number.
//!
//! A place also knows how far its stream was seen to go by whoever follows the log. It never folds what it only
//! overhears: what stands between is read when the aggregate is needed next.

use std::any::Any;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use kernel::Decider;
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::entry::Entry;
use crate::{EventStore, ReadError, Seq, StreamName};

/// The most aggregates kept folded.
const AGGREGATES: usize = 50_000;

/// The folded aggregates of one process.
pub(crate) struct Cache(quick_cache::sync::Cache<StreamName, Arc<dyn Cached>>);

/// A cached aggregate of whatever type.
pub(crate) trait Cached: Send + Sync {
    fn any(self: Arc<Self>) -> Arc<dyn Any + Send + Sync>;
    /// The stream goes at least this far.
    fn seen(&self, seq: Seq);
}

/// An aggregate's place in the cache.
pub(crate) struct Place<D: Decider> {
    seen: AtomicU64,
    slot: Arc<Mutex<Slot<D>>>,
}

/// A cached aggregate.
pub(crate) struct Slot<D: Decider> {
    pub(crate) entry: Entry<D>,
    /// Whether it was ever read or written; until then an empty entry says nothing.
    known: bool,
}

impl<D: Decider> Default for Place<D> {
    fn default() -> Self {
        let slot = Slot { entry: Entry::default(), known: false };
        Self { seen: AtomicU64::new(0), slot: Arc::new(Mutex::new(slot)) }
    }
}

impl<D: Decider> Cached for Place<D> {
    fn any(self: Arc<Self>) -> Arc<dyn Any + Send + Sync> {
        self
    }

    fn seen(&self, seq: Seq) {
        self.seen.fetch_max(seq.0, Ordering::Relaxed);
    }
}

impl Default for Cache {
    fn default() -> Self {
        Self(quick_cache::sync::Cache::new(AGGREGATES))
    }
}

impl Cache {
    /// How many aggregates are kept.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// A commit stands in the log: whoever has its aggregate cached is behind until it is read.
    pub(crate) fn seen(&self, stream: &StreamName, seq: Seq) {
        if let Some(cached) = self.0.peek(stream) {
            cached.seen(seq);
        }
    }

    /// Forgets everything: nobody followed the log for a while.
    pub(crate) fn clear(&self) {
        self.0.clear();
    }

    /// An aggregate's place, made where there is none.
    pub(crate) fn place<D: Decider>(&self, stream: &StreamName) -> Arc<Place<D>> {
        let found = self.0.get(stream).and_then(|cached| cached.any().downcast::<Place<D>>().ok());
        found.unwrap_or_else(|| {
            let fresh = Arc::new(Place::<D>::default());
            match self.0.get_value_or_guard(stream, None) {
                quick_cache::sync::GuardResult::Value(cached) => cached.any().downcast().unwrap_or(fresh),
                quick_cache::sync::GuardResult::Guard(guard) => {
                    // The entry may have been evicted in between; the log's guards hold all the same.
                    let _ = guard.insert(fresh.clone());
                    fresh
                }
                quick_cache::sync::GuardResult::Timeout => fresh,
            }
        })
    }
}

/// An aggregate whose turn it is: nobody else in this process reads or decides on it meanwhile.
pub(crate) struct Turn<D: Decider> {
    place: Arc<Place<D>>,
    slot: OwnedMutexGuard<Slot<D>>,
}

impl<D: Decider> Turn<D> {
    /// Waits for the turn.
    pub(crate) async fn of(place: Arc<Place<D>>) -> Self {
        let slot = place.slot.clone().lock_owned().await;
        Self { place, slot }
    }

    /// The aggregate as known here.
    pub(crate) fn entry(&self) -> &Entry<D> {
        &self.slot.entry
    }

    /// The aggregate after a commit of one's own.
    pub(crate) fn committed(&mut self) -> &mut Entry<D> {
        self.slot.known = true;
        &mut self.slot.entry
    }

    /// Whether nothing was ever read of it.
    pub(crate) fn is_unknown(&self) -> bool {
        !self.slot.known
    }

    /// Reads what is known to be missing; says whether it asked the log for the latest.
    pub(crate) async fn load(
        &mut self,
        store: &dyn EventStore,
        stream: &StreamName,
    ) -> Result<bool, ReadError> {
        let seen = Seq(self.place.seen.load(Ordering::Relaxed));
        if self.slot.known && self.slot.entry.folded.version >= seen {
            return Ok(false);
        }
        self.refresh(store, stream).await.map(|_| true)
    }

    /// Reads what the leader has; says whether anything was new.
    pub(crate) async fn refresh(
        &mut self,
        store: &dyn EventStore,
        stream: &StreamName,
    ) -> Result<bool, ReadError> {
        let newer = store.load_latest(stream, self.slot.entry.folded.version).await?;
        for recorded in &newer {
            self.slot.entry.apply(recorded)?;
        }
        self.slot.known = true;
        Ok(!newer.is_empty())
    }
}
