//! Aggregates kept folded, each behind its turn; bounded in number and in bytes.
//!
//! A place also knows how far its stream was seen to go by whoever follows the log. It never folds what it only
//! overhears: what stands between is read when the aggregate is needed next.

use std::any::Any;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use kernel::Decider;
use quick_cache::Weighter;
use quick_cache::sync::{Cache as Places, GuardResult};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::entry::Entry;
use crate::snapshot::{self, Snapshot, Snapshots};
use crate::{EventStore, ReadError, Recorded, Seq, StreamName};

/// The most aggregates kept folded.
const AGGREGATES: u64 = 50_000;
/// About the most memory that they take together, in bytes.
const BYTES: u64 = 512 * 1024 * 1024;
/// What each counts for at least, so that their number is bounded too.
const LEAST_BYTES: u64 = BYTES / AGGREGATES;

/// The folded aggregates of one process.
pub(crate) struct Cache {
    places: Places<StreamName, Weighed, ByWeight>,
    snapshots: Option<Arc<dyn Snapshots>>,
}

/// A place with what it counts for. That is fixed: an aggregate that grew is put in anew.
#[derive(Clone)]
struct Weighed {
    place: Arc<dyn Cached>,
    bytes: u64,
}

#[derive(Clone)]
struct ByWeight;

impl Weighter<StreamName, Weighed> for ByWeight {
    fn weight(&self, _: &StreamName, weighed: &Weighed) -> u64 {
        weighed.bytes
    }
}

/// A cached aggregate of whatever type.
pub(crate) trait Cached: Send + Sync {
    fn any(self: Arc<Self>) -> Arc<dyn Any + Send + Sync>;
    /// The stream goes at least this far.
    fn seen(&self, seq: Seq);
    /// About how much memory it takes.
    fn bytes(&self) -> u64;
}

/// An aggregate's place in the cache.
pub(crate) struct Place<D: Decider> {
    seen: AtomicU64,
    bytes: AtomicU64,
    slot: Arc<Mutex<Slot<D>>>,
    snapshots: Option<Arc<dyn Snapshots>>,
}

/// A cached aggregate.
pub(crate) struct Slot<D: Decider> {
    pub(crate) entry: Entry<D>,
    /// Whether it was ever read or written; until then an empty entry says nothing.
    known: bool,
}

impl<D: Decider> Place<D> {
    fn empty(snapshots: Option<Arc<dyn Snapshots>>) -> Self {
        let slot = Slot { entry: Entry::default(), known: false };
        Self {
            seen: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
            slot: Arc::new(Mutex::new(slot)),
            snapshots,
        }
    }
}

impl<D: Decider> Cached for Place<D> {
    fn any(self: Arc<Self>) -> Arc<dyn Any + Send + Sync> {
        self
    }

    fn seen(&self, seq: Seq) {
        self.seen.fetch_max(seq.0, Ordering::Relaxed);
    }

    fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }
}

impl Cache {
    pub(crate) fn new(snapshots: Option<Arc<dyn Snapshots>>) -> Self {
        Self::holding(BYTES, snapshots)
    }

    fn holding(bytes: u64, snapshots: Option<Arc<dyn Snapshots>>) -> Self {
        let about = usize::try_from(bytes / LEAST_BYTES).unwrap_or(usize::MAX);
        Self { places: Places::with_weighter(about, bytes, ByWeight), snapshots }
    }

    /// How many aggregates are kept.
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    /// A commit stands in the log: whoever has its aggregate cached is behind until it is read.
    pub(crate) fn seen(&self, stream: &StreamName, seq: Seq) {
        if let Some(cached) = self.places.peek(stream) {
            cached.place.seen(seq);
        }
    }

    /// Forgets everything: nobody followed the log for a while.
    pub(crate) fn clear(&self) {
        self.places.clear();
    }

    /// An aggregate's place, made where there is none.
    pub(crate) fn place<D: Decider>(&self, stream: &StreamName) -> Arc<Place<D>> {
        let found = self.places.get(stream).and_then(|cached| cached.place.any().downcast::<Place<D>>().ok());
        found.unwrap_or_else(|| {
            let fresh = Arc::new(Place::<D>::empty(self.snapshots.clone()));
            match self.places.get_value_or_guard(stream, None) {
                GuardResult::Value(cached) => cached.place.any().downcast().unwrap_or(fresh),
                GuardResult::Guard(guard) => {
                    // The entry may have been evicted in between; the log's guards hold all the same.
                    let _ = guard.insert(Weighed { place: fresh.clone(), bytes: LEAST_BYTES });
                    fresh
                }
                GuardResult::Timeout => fresh,
            }
        })
    }

    /// Counts an aggregate for what it takes now, where it has grown much since it was put in.
    pub(crate) fn weigh(&self, stream: &StreamName) {
        if let Some(Weighed { place, bytes: counted }) = self.places.peek(stream) {
            let bytes = place.bytes();
            if bytes > counted.saturating_mul(2) {
                // Gone or replaced meanwhile: then there is nothing to count.
                let _ = self.places.replace(stream.clone(), Weighed { place, bytes }, false);
            }
        }
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

    /// The aggregate goes on by a commit of one's own.
    pub(crate) fn committed(&mut self, stream: &StreamName, go_on: impl FnOnce(&mut Entry<D>)) {
        self.slot.known = true;
        go_on(&mut self.slot.entry);
        self.grown(stream);
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
        let before = self.slot.entry.folded.version;
        let newer = match self.after_snapshot(store, stream).await? {
            Some(newer) => newer,
            None => store.load_latest(stream, before).await?,
        };
        // Should a fold break off, nothing is known of the aggregate any more.
        self.slot.known = false;
        for recorded in &newer {
            self.slot.entry.apply(recorded)?;
        }
        self.slot.known = true;
        self.grown(stream);
        Ok(self.slot.entry.folded.version > before)
    }

    /// Begins an aggregate of which nothing is known at its snapshot, and gives what came after. `None` where there is
    /// none, or the log doesn't hold the commit that it speaks of.
    async fn after_snapshot(
        &mut self,
        store: &dyn EventStore,
        stream: &StreamName,
    ) -> Result<Option<Vec<Recorded>>, ReadError> {
        let Some(snapshot) = self.snapshot(stream).await else { return Ok(None) };
        let before = Seq(snapshot.version.0.saturating_sub(1));
        let mut tail = store.load_latest(stream, before).await?;
        let stands = tail
            .first()
            .is_some_and(|first| first.seq == snapshot.version && first.commit_id == snapshot.commit);
        match Entry::thaw(&snapshot) {
            Some(entry) if stands => {
                self.slot.entry = entry;
                Ok(Some(tail.split_off(1)))
            }
            Some(_) | None => Ok(None),
        }
    }

    async fn snapshot(&self, stream: &StreamName) -> Option<Snapshot> {
        if !D::SNAPSHOTS || self.slot.known || self.slot.entry.folded.exists() {
            return None;
        }
        let snapshots = self.place.snapshots.as_ref()?;
        tokio::time::timeout(snapshot::LIMIT, snapshots.newest(stream)).await.ok().flatten()
    }

    /// Notes how large it has become, and has a snapshot kept where it is time for one.
    fn grown(&mut self, stream: &StreamName) {
        self.place.bytes.store(self.slot.entry.bytes(), Ordering::Relaxed);
        if let Some(snapshots) = &self.place.snapshots
            && let Some(snapshot) = self.slot.entry.freeze(stream)
        {
            let snapshots = snapshots.clone();
            tokio::spawn(async move { snapshots.keep(snapshot).await });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An aggregate that takes so many bytes.
    struct Lump(u64);

    impl Cached for Lump {
        fn any(self: Arc<Self>) -> Arc<dyn Any + Send + Sync> {
            self
        }

        fn seen(&self, _: Seq) {}

        fn bytes(&self) -> u64 {
            self.0
        }
    }

    fn grow(cache: &Cache, id: u32, bytes: u64) {
        let (stream, place) = (StreamName::new("test", "lump", id), Arc::new(Lump(bytes)));
        cache.places.insert(stream.clone(), Weighed { place, bytes: LEAST_BYTES });
        cache.weigh(&stream);
    }

    #[test]
    fn small_aggregates_are_bounded_in_number() {
        let cache = Cache::holding(100 * LEAST_BYTES, None);
        for id in 0..1_000 {
            grow(&cache, id, 1);
        }
        assert!((50..=100).contains(&cache.len()), "{}", cache.len());
    }

    #[test]
    fn large_aggregates_are_bounded_in_bytes() {
        let cache = Cache::holding(100 * LEAST_BYTES, None);
        for id in 0..1_000 {
            grow(&cache, id, 20 * LEAST_BYTES);
        }
        assert!(cache.len() <= 5, "{}", cache.len());
        assert!(cache.places.weight() <= 100 * LEAST_BYTES);
    }
}
