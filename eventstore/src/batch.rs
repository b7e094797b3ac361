//! What one request wants of one or several aggregates, all or nothing.

use std::any::Any;

use async_trait::async_trait;
use kernel::{Decider, DomainEvent, Rejection};

use crate::cache::{Cache, Turn};
use crate::held::{Decided, Held, TypedHeld, state_of};
use crate::{CommandError, Seq, StreamName};

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
    /// What the caller believes about the aggregate.
    fn assumption(&self) -> Assumption;
    /// Waits for this aggregate's turn in this process.
    async fn hold(&self, cache: &Cache) -> Box<dyn Held>;
    /// What the commands would change, decided on the aggregate and on what others decided on it just before.
    fn decide(&self, held: &dyn Held) -> Result<Decided, CommandError>;
}

struct TypedWork<D: Decider> {
    stream: StreamName,
    commands: Vec<D::Command>,
    assumption: Assumption,
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

    fn assumption(&self) -> Assumption {
        self.assumption
    }

    async fn hold(&self, cache: &Cache) -> Box<dyn Held> {
        Box::new(TypedHeld::<D>::new(self.stream.clone(), Turn::of(cache.place(&self.stream)).await))
    }

    fn decide(&self, held: &dyn Held) -> Result<Decided, CommandError> {
        let events = decide_all::<D>(state_of::<D>(held), &self.commands)
            .map_err(|rejection| CommandError::Rejected(Box::new(rejection)))?;
        let stored =
            events.iter().map(|event| Ok(event.encode()?.into())).collect::<Result<_, CommandError>>()?;
        Ok(Decided { stored, events: Box::new(events) })
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
