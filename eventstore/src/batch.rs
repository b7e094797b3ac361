//! What one request wants of one or several aggregates, all or nothing.

use std::any::Any;
use std::sync::Arc;

use async_trait::async_trait;
use kernel::id::CommandId;
use kernel::{Decider, DomainEvent, Rejection};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::entry::{Folded, Handled};
use crate::log::Cache;
use crate::{CommandError, EventStore, ReadError, Recorded, Seq, StoredEvent, StreamName};

/// Commands to aggregates that take effect together or not at all. Several commands to one aggregate are decided one
/// after another and become one commit.
#[derive(Default)]
pub struct Batch {
    pub(crate) works: Vec<Box<dyn Work>>,
}

impl std::fmt::Debug for Batch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.works.iter().map(|work| work.stream())).finish()
    }
}

impl Batch {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a command to an aggregate.
    #[must_use]
    pub fn with<D: Decider>(self, id: &D::Id, command: D::Command) -> Self
    where
        D::Command: Clone + Sync,
    {
        self.add::<D>(id, command, Assumption::Nothing)
    }

    /// Adds a command to an aggregate that is believed not to exist yet; saves reading it first.
    #[must_use]
    pub fn create<D: Decider>(self, id: &D::Id, command: D::Command) -> Self
    where
        D::Command: Clone + Sync,
    {
        self.add::<D>(id, command, Assumption::Absent)
    }

    /// Adds a command to an aggregate that must still be at the version the caller saw.
    #[must_use]
    pub fn at_version<D: Decider>(self, id: &D::Id, version: Seq, command: D::Command) -> Self
    where
        D::Command: Clone + Sync,
    {
        self.add::<D>(id, command, Assumption::Version(version))
    }

    fn add<D: Decider>(mut self, id: &D::Id, command: D::Command, assumption: Assumption) -> Self
    where
        D::Command: Clone + Sync,
    {
        let stream = StreamName::of::<D>(id);
        let known = self.works.iter_mut().find(|work| *work.stream() == stream);
        match known.and_then(|work| work.as_any().downcast_mut::<TypedWork<D>>()) {
            Some(work) => work.commands.push(command),
            None => self.works.push(Box::new(TypedWork::<D> { stream, commands: vec![command], assumption })),
        }
        self
    }
}

/// What a caller believes about an aggregate before it is read.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Assumption {
    Nothing,
    Absent,
    Version(Seq),
}

/// The part of a batch that concerns one aggregate.
#[async_trait]
pub(crate) trait Work: Send + Sync {
    fn stream(&self) -> &StreamName;
    fn as_any(&mut self) -> &mut dyn Any;
    /// Waits for this aggregate's turn in this process.
    async fn hold(&self, cache: &Cache) -> Box<dyn Held>;
}

struct TypedWork<D: Decider> {
    stream: StreamName,
    commands: Vec<D::Command>,
    assumption: Assumption,
}

/// An aggregate whose turn it is: nobody else in this process decides on it meanwhile.
#[async_trait]
pub(crate) trait Held: Send {
    fn stream(&self) -> &StreamName;
    fn version(&self) -> Seq;
    async fn load(&mut self, store: &dyn EventStore) -> Result<(), ReadError>;
    /// Reads what the leader has; says whether anything was new.
    async fn refresh(&mut self, store: &dyn EventStore) -> Result<bool, ReadError>;
    fn check_version(&self) -> Result<(), CommandError>;
    fn handled(&self, command: CommandId) -> Option<Handled>;
    fn decide(&mut self) -> Result<Vec<StoredEvent>, CommandError>;
    /// Folds what was decided, now that it stands in the log.
    fn committed(&mut self, command: CommandId, handled: Handled);
}

/// A cached aggregate.
pub(crate) struct Slot<D: Decider> {
    folded: Folded<D>,
    loaded: bool,
}

impl<D: Decider> Default for Slot<D> {
    fn default() -> Self {
        Self { folded: Folded::default(), loaded: false }
    }
}

impl<D: Decider> Slot<D> {
    pub(crate) const fn folded(&self) -> &Folded<D> {
        &self.folded
    }

    pub(crate) async fn load(
        &mut self,
        store: &dyn EventStore,
        stream: &StreamName,
    ) -> Result<(), ReadError> {
        if !self.loaded {
            for recorded in store.load(stream, self.folded.version).await? {
                self.folded.apply(&recorded)?;
            }
            self.loaded = true;
        }
        Ok(())
    }

    pub(crate) async fn refresh(
        &mut self,
        store: &dyn EventStore,
        stream: &StreamName,
    ) -> Result<bool, ReadError> {
        let newer = store.load_latest(stream, self.folded.version).await?;
        for recorded in &newer {
            self.folded.apply(recorded)?;
        }
        self.loaded = true;
        Ok(!newer.is_empty())
    }
}

/// A cached aggregate of whatever type.
#[async_trait]
pub(crate) trait Cached: Send + Sync {
    fn any(self: Arc<Self>) -> Arc<dyn Any + Send + Sync>;
    /// Folds a commit that was read off the log.
    async fn observe(&self, recorded: &Recorded) -> Result<(), ReadError>;
}

#[async_trait]
impl<D: Decider> Cached for Mutex<Slot<D>> {
    fn any(self: Arc<Self>) -> Arc<dyn Any + Send + Sync> {
        self
    }

    async fn observe(&self, recorded: &Recorded) -> Result<(), ReadError> {
        let mut slot = self.lock().await;
        if slot.loaded { slot.folded.apply(recorded) } else { Ok(()) }
    }
}

/// An aggregate's place in the cache, made where there is none.
pub(crate) fn slot<D: Decider>(cache: &Cache, stream: &StreamName) -> Arc<Mutex<Slot<D>>> {
    let found = cache.get(stream).and_then(|cached| cached.any().downcast::<Mutex<Slot<D>>>().ok());
    found.unwrap_or_else(|| {
        let fresh = Arc::new(Mutex::new(Slot::<D>::default()));
        match cache.get_value_or_guard(stream, None) {
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

#[async_trait]
impl<D: Decider> Work for TypedWork<D>
where
    D::Command: Clone + Sync,
{
    fn stream(&self) -> &StreamName {
        &self.stream
    }

    fn as_any(&mut self) -> &mut dyn Any {
        self
    }

    async fn hold(&self, cache: &Cache) -> Box<dyn Held> {
        let mut slot = slot::<D>(cache, &self.stream).lock_owned().await;
        slot.loaded |= matches!(self.assumption, Assumption::Absent);
        Box::new(TypedHeld::<D> {
            stream: self.stream.clone(),
            commands: self.commands.clone(),
            assumption: self.assumption,
            slot,
            decided: Vec::new(),
        })
    }
}

struct TypedHeld<D: Decider> {
    stream: StreamName,
    commands: Vec<D::Command>,
    assumption: Assumption,
    slot: OwnedMutexGuard<Slot<D>>,
    decided: Vec<D::Event>,
}

#[async_trait]
impl<D: Decider> Held for TypedHeld<D>
where
    D::Command: Clone + Sync,
{
    fn stream(&self) -> &StreamName {
        &self.stream
    }

    fn version(&self) -> Seq {
        self.slot.folded.version
    }

    async fn load(&mut self, store: &dyn EventStore) -> Result<(), ReadError> {
        self.slot.load(store, &self.stream).await
    }

    async fn refresh(&mut self, store: &dyn EventStore) -> Result<bool, ReadError> {
        self.slot.refresh(store, &self.stream).await
    }

    fn check_version(&self) -> Result<(), CommandError> {
        match self.assumption {
            Assumption::Version(expected) if expected != self.version() => {
                Err(CommandError::VersionMismatch {
                    stream: self.stream.clone(),
                    expected,
                    actual: self.version(),
                })
            }
            Assumption::Version(_) | Assumption::Nothing | Assumption::Absent => Ok(()),
        }
    }

    fn handled(&self, command: CommandId) -> Option<Handled> {
        self.slot.folded.handled(command).cloned()
    }

    fn decide(&mut self) -> Result<Vec<StoredEvent>, CommandError> {
        self.decided = decide_all::<D>(&self.slot.folded.state, &self.commands)
            .map_err(|rejection| CommandError::Rejected(Box::new(rejection)))?;
        self.decided.iter().map(|event| Ok(event.encode()?.into())).collect()
    }

    fn committed(&mut self, command: CommandId, handled: Handled) {
        let events = std::mem::take(&mut self.decided);
        if !events.is_empty() {
            self.slot.folded.fold(&events, command, handled);
        }
    }
}

/// Decides the commands one after another, each on the state that the former ones would leave.
fn decide_all<D: Decider>(state: &D::State, commands: &[D::Command]) -> Result<Vec<D::Event>, D::Rejection>
where
    D::Command: Clone,
    D::Rejection: Rejection,
{
    let [only] = commands else {
        let mut ahead = state.clone();
        let mut events = Vec::new();
        for command in commands {
            let decided = D::decide(&ahead, command.clone())?;
            ahead = decided.iter().fold(ahead, D::evolve);
            events.extend(decided);
        }
        return Ok(events);
    };
    D::decide(state, only.clone())
}
