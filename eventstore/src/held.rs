//! An aggregate whose turn it is: nobody else in this process decides on it meanwhile. What is decided on it is kept ahead
//! of the log until it stands there.

use std::any::Any;

use async_trait::async_trait;
use kernel::Decider;
use kernel::id::{CommandId, CommitId};

use crate::cache::Turn;
use crate::entry::{Handled, Step};
use crate::{Commit, Context, EventStore, Expected, Meta, ReadError, Seq, StoredEvent, StreamName};

/// What commands would change on one aggregate: as it will stand in the log, and as the aggregate's own events.
pub(crate) struct Decided {
    pub(crate) stored: Vec<StoredEvent>,
    pub(crate) events: Box<dyn Any + Send>,
}

/// An aggregate of whatever type, its turn taken.
#[async_trait]
pub(crate) trait Held: Send {
    fn stream(&self) -> &StreamName;
    /// The position of its last commit that is known here.
    fn version(&self) -> Seq;
    /// Whether nothing of it was ever read or written here.
    fn is_unknown(&self) -> bool;
    /// Reads what is known to be missing.
    async fn load(&mut self, store: &dyn EventStore) -> Result<(), ReadError>;
    /// Reads what the leader has; says whether anything was new.
    async fn refresh(&mut self, store: &dyn EventStore) -> Result<bool, ReadError>;
    /// What a command that stands in the log left behind.
    fn handled(&self, command: CommandId) -> Option<Handled>;
    /// The state, with what was decided and isn't in the log yet.
    fn state(&self) -> &(dyn Any + Send);
    /// Whether something was decided that isn't in the log yet.
    fn is_ahead(&self) -> bool;
    /// Whether what another command does may join it there.
    fn combines(&self) -> bool;
    /// Keeps what a command decided.
    fn keep(&mut self, context: &Context, decided: Decided);
    /// What is kept, as the commit that it would be.
    fn commit(&self) -> Option<Commit>;
    /// What is kept stands in the log now, at this position.
    fn committed(&mut self, seq: Seq);
    /// What is kept won't be written.
    fn give_up(&mut self);
}

/// The state of a held aggregate as that of `D`, which its stream's name says it is.
pub(crate) fn state_of<D: Decider>(held: &dyn Held) -> &D::State {
    own(held.state().downcast_ref().ok_or("another kind"))
}

#[expect(clippy::expect_used, reason = "a stream's name says its kind, and it was held under that name")]
fn own<T, E: std::fmt::Debug>(downcast: Result<T, E>) -> T {
    downcast.expect("an aggregate is of the kind that its stream's name says")
}

/// What one command decided.
struct Part {
    context: Context,
    stored: Vec<StoredEvent>,
}

/// The aggregate with its turn.
pub(crate) struct TypedHeld<D: Decider> {
    stream: StreamName,
    turn: Turn<D>,
    /// The state after what is kept; `None` while nothing is.
    ahead: Option<D::State>,
    kept: Vec<Part>,
}

impl<D: Decider> TypedHeld<D> {
    pub(crate) fn new(stream: StreamName, turn: Turn<D>) -> Self {
        Self { stream, turn, ahead: None, kept: Vec::new() }
    }

    /// The id of what is kept, as a commit.
    fn id(&self) -> CommitId {
        let commands = self.kept.iter().map(|part| part.context.command_id);
        crate::commit::id(commands, &self.stream, self.turn.entry().folded.version)
    }
}

#[async_trait]
impl<D: Decider> Held for TypedHeld<D> {
    fn stream(&self) -> &StreamName {
        &self.stream
    }

    fn version(&self) -> Seq {
        self.turn.entry().folded.version
    }

    fn is_unknown(&self) -> bool {
        self.turn.is_unknown()
    }

    async fn load(&mut self, store: &dyn EventStore) -> Result<(), ReadError> {
        self.turn.load(store, &self.stream).await.map(|_| ())
    }

    async fn refresh(&mut self, store: &dyn EventStore) -> Result<bool, ReadError> {
        self.turn.refresh(store, &self.stream).await
    }

    fn handled(&self, command: CommandId) -> Option<Handled> {
        self.turn.entry().handled(command).cloned()
    }

    fn state(&self) -> &(dyn Any + Send) {
        self.ahead.as_ref().unwrap_or(&*self.turn.entry().folded.state)
    }

    fn is_ahead(&self) -> bool {
        !self.kept.is_empty()
    }

    fn combines(&self) -> bool {
        D::COMBINES
    }

    fn keep(&mut self, context: &Context, decided: Decided) {
        let Decided { stored, events } = decided;
        let events: Box<Vec<D::Event>> = own(events.downcast());
        let state = self.ahead.take().unwrap_or_else(|| (*self.turn.entry().folded.state).clone());
        self.ahead = Some(events.iter().fold(state, D::evolve));
        self.kept.push(Part { context: context.clone(), stored });
    }

    fn commit(&self) -> Option<Commit> {
        let (first, further) = self.kept.split_first()?;
        let commit = Commit::new(
            self.stream.clone(),
            Expected::after(self.version()),
            self.id(),
            Meta::from(&first.context),
        )
        .with_events(first.stored.clone());
        Some(
            further
                .iter()
                .fold(commit, |commit, part| commit.and(Meta::from(&part.context), part.stored.clone())),
        )
    }

    fn committed(&mut self, seq: Seq) {
        let commit = self.id();
        let Some(state) = self.ahead.take() else { return };
        let bytes = self.kept.iter().flat_map(|part| &part.stored).map(StoredEvent::bytes).sum();
        let handled = self.kept.drain(..).map(|Part { context, .. }| {
            (context.command_id, Handled { seq, request: context.request.as_deref().map(Into::into) })
        });
        let step = Step { seq, commit, bytes };
        self.turn.committed(&self.stream, |entry| entry.advance(state, step, handled));
    }

    fn give_up(&mut self) {
        self.ahead = None;
        self.kept.clear();
    }
}
