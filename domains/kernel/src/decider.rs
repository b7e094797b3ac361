//! The contract of an aggregate: decide on a state, evolve it by events. Both are pure and synchronous.

use crate::{DomainEvent, Rejection};

/// One aggregate's rules. `decide` says what a command would change, `evolve` folds what did change.
pub trait Decider: 'static {
    /// The bounded context that owns the aggregate: the second token of its subjects, e.g. `order`.
    const CONTEXT: &'static str;
    /// The aggregate's kind: the third token of its subjects, e.g. `order`.
    const AGGREGATE: &'static str;

    /// Whether what several commands did may stand in one commit. Then a reader can't tell from the commit alone which of
    /// them an event answers, so each event must say itself all that readers need.
    const COMBINES: bool = false;

    /// Whether the history of one instance may grow so long that snapshots of its state are worth keeping. Then [`freeze`]
    /// and [`thaw`] are written, too.
    ///
    /// [`freeze`]: Self::freeze
    /// [`thaw`]: Self::thaw
    const SNAPSHOTS: bool = false;

    /// What names one instance; its `Display` is the last token of the subject (no dots, spaces or wildcards).
    type Id: std::fmt::Display + Clone + Send + Sync;
    /// The folded history.
    type State: Default + Clone + Send + Sync + 'static;
    /// An imperative: something asked for.
    type Command: Send;
    /// A past fact.
    type Event: DomainEvent;
    /// The business says no.
    type Rejection: Rejection;

    /// Decides what a command changes. No events means "already so"; a refusal is an `Err`, never an event.
    fn decide(state: &Self::State, command: Self::Command) -> Result<Vec<Self::Event>, Self::Rejection>;

    /// Folds one event into the state. Total: it never fails and never decides.
    fn evolve(state: Self::State, event: &Self::Event) -> Self::State;

    /// The state as a snapshot holds it; `None` where it can't be written down.
    fn freeze(_state: &Self::State) -> Option<String> {
        None
    }

    /// The state that a snapshot of this very release holds; `None` where it can't be read.
    fn thaw(_frozen: &str) -> Option<Self::State> {
        None
    }

    /// Folds a history from the beginning.
    fn fold<'a>(events: impl IntoIterator<Item = &'a Self::Event>) -> Self::State {
        events.into_iter().fold(Self::State::default(), Self::evolve)
    }
}
