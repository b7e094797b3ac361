//! What one request wants of one or several aggregates, all or nothing.

use std::any::Any;

use async_trait::async_trait;
use kernel::id::CommandId;
use kernel::{Decider, DomainEvent, Rejection};

use crate::cache::{Cache, Turn};
use crate::entry::Handled;
use crate::{CommandError, EventStore, ReadError, Seq, StoredEvent, StreamName};

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
            Some(work) => {
                work.commands.push(command);
                work.assumption = work.assumption.and(assumption);
            }
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

impl Assumption {
    /// Both: a version, which the caller saw, says more than that there is nothing, and that more than nothing at all.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (version @ Self::Version(_), _) | (_, version @ Self::Version(_)) => version,
            (Self::Absent, _) | (_, Self::Absent) => Self::Absent,
            (Self::Nothing, Self::Nothing) => Self::Nothing,
        }
    }
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
        Box::new(TypedHeld::<D> {
            stream: self.stream.clone(),
            commands: self.commands.clone(),
            assumption: self.assumption,
            turn: Turn::of(cache.place(&self.stream)).await,
            decided: Vec::new(),
        })
    }
}

struct TypedHeld<D: Decider> {
    stream: StreamName,
    commands: Vec<D::Command>,
    assumption: Assumption,
    turn: Turn<D>,
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
        self.turn.entry().folded.version
    }

    async fn load(&mut self, store: &dyn EventStore) -> Result<(), ReadError> {
        // What is believed to be new is not read first: its guard says whether it is.
        if matches!(self.assumption, Assumption::Absent) && self.turn.is_unknown() {
            return Ok(());
        }
        self.turn.load(store, &self.stream).await.map(|_| ())
    }

    async fn refresh(&mut self, store: &dyn EventStore) -> Result<bool, ReadError> {
        self.turn.refresh(store, &self.stream).await
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
        self.turn.entry().handled(command).cloned()
    }

    fn decide(&mut self) -> Result<Vec<StoredEvent>, CommandError> {
        self.decided = decide_all::<D>(&self.turn.entry().folded.state, &self.commands)
            .map_err(|rejection| CommandError::Rejected(Box::new(rejection)))?;
        self.decided.iter().map(|event| Ok(event.encode()?.into())).collect()
    }

    fn committed(&mut self, command: CommandId, handled: Handled) {
        let events = std::mem::take(&mut self.decided);
        if !events.is_empty() {
            self.turn.committed().fold(&events, command, handled);
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
