//! The contract of a saga: a pure state machine over what happened, timers that fired and commands that were refused.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use eventstore::{ReadError, Recorded};
use kernel::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Command;

/// A process across contexts. `evolve` folds inputs, `react` answers the latest one; a replay calls `evolve` only, so
/// it can't repeat an effect.
pub trait Saga: Debug + Clone + Send + Sync + 'static {
    /// Its name: part of its subjects, `snake_case`.
    const NAME: &'static str;
    /// The contexts whose commits it listens to.
    const CONTEXTS: &'static [&'static str];

    /// What tells one instance from another.
    type Key: Display + FromStr<Err: Send> + Clone + Send + Sync;
    /// What it takes out of other contexts' events: no more than it needs.
    type Event: Serialize + DeserializeOwned + Debug + Clone + Send + Sync + 'static;
    /// Its timers, by name.
    type Timer: Serialize + DeserializeOwned + Debug + Clone + Send + Sync + 'static;
    /// What it remembers.
    type State: Default + Debug + Clone + Send + Sync + 'static;

    /// Which instances a commit concerns, and what it tells them.
    fn route(recorded: &Recorded) -> Result<Routes<Self>, ReadError>;

    /// Folds an input.
    fn evolve(state: Self::State, input: &Input<Self::Event, Self::Timer>) -> Self::State;

    /// Answers an input, on the state that has folded it.
    fn react(state: &Self::State, input: &Input<Self::Event, Self::Timer>) -> Vec<Effect<Self::Timer>>;
}

/// The instances that a commit concerns, each with what it is told.
pub type Routes<S> = Vec<(<S as Saga>::Key, <S as Saga>::Event)>;

/// What a saga hears.
#[derive(Debug, Clone, Serialize, serde::Deserialize)]
#[serde(tag = "input", rename_all = "snake_case")]
pub enum Input<E, T> {
    /// Something happened.
    Event {
        /// What.
        event: E,
        /// When, as recorded.
        at: Timestamp,
    },
    /// A timer came due.
    TimerFired {
        /// Which.
        timer: T,
        /// The instant it was set for.
        at: Timestamp,
    },
    /// A command it issued was refused by a rule.
    Rejected {
        /// The command's name, e.g. `order.mark_paid`.
        command: String,
        /// The rejection's code.
        code: String,
        /// The instant of the input that led to the command.
        at: Timestamp,
    },
}

impl<E, T> Input<E, T> {
    /// The instant the input speaks of: what follows from it happens then, however late it is heard.
    pub const fn at(&self) -> Timestamp {
        match self {
            Self::Event { at, .. } | Self::TimerFired { at, .. } | Self::Rejected { at, .. } => *at,
        }
    }
}

/// What a saga wants done.
#[derive(Debug, Clone, Serialize, serde::Deserialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum Effect<T> {
    /// Issue a command, under a name derived from saga, input and ordinal.
    Issue {
        /// The command.
        command: Box<Command>,
    },
    /// Fire a timer at an instant; a timer of the same name is set anew.
    StartTimer {
        /// Which.
        timer: T,
        /// When.
        at: Timestamp,
    },
    /// Forget a timer.
    CancelTimer {
        /// Which.
        timer: T,
    },
}

impl<T> Effect<T> {
    /// Issues a command.
    pub fn issue(command: impl Into<Command>) -> Self {
        Self::Issue { command: Box::new(command.into()) }
    }
}
