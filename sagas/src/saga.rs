//! The contract of a saga: a pure state machine over what happened, timers that fired and commands that were refused.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use chrono::TimeDelta;
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
    /// Its timers, by name; [`NoTimer`] where it has none.
    type Timer: Serialize + DeserializeOwned + Debug + Clone + Ord + Send + Sync + 'static;
    /// What it remembers.
    type State: Default + Debug + Clone + Send + Sync + 'static;

    /// Which instances a commit concerns, and what it tells them. The n-th word to an instance is named by the commit's
    /// position and n: a release may tell an instance more at the end of a commit's words, never in between.
    fn route(recorded: &Recorded) -> Result<Routes<Self>, ReadError>;

    /// Folds an input.
    fn evolve(state: Self::State, input: &Input<Self::Event, Self::Timer>) -> Self::State;

    /// Answers an input, on the state that has folded it.
    fn react(state: &Self::State, input: &Input<Self::Event, Self::Timer>) -> Vec<Effect<Self::Timer>>;

    /// Whether this leads to nothing but timers, none of them due soon: then it may wait a little, and what the instance is
    /// told meanwhile shares its commit.
    fn may_wait(_: &Self::Event) -> bool {
        false
    }

    /// Whether an instance begins with this, as a rule: then it isn't looked for first.
    fn begins(_: &Self::Event) -> bool {
        false
    }

    /// Whether it knows what to do, or that there is nothing to do, when a rule of this code refuses this command. Any
    /// other refusal is somebody's turn: the command is parked, so that nothing it was to do is lost in silence.
    fn expects(command: &str, code: &str) -> bool;
}

/// The instances that a commit concerns, each with what it is told.
pub type Routes<S> = Vec<(<S as Saga>::Key, <S as Saga>::Event)>;

/// What a saga hears.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize)]
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
    /// A command it issued was refused by a rule, as it expects.
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

    /// So long after that instant.
    pub fn after(&self, span: TimeDelta) -> Timestamp {
        later(self.at(), span)
    }

    /// Whether a rule of this code refused this command.
    pub fn is_refusal(&self, of: &str, by: &str) -> bool {
        matches!(self, Self::Rejected { command, code, .. } if command == of && code == by)
    }
}

/// So long after an instant; the end of time has no after.
pub(crate) fn later(at: Timestamp, span: TimeDelta) -> Timestamp {
    at.checked_add_signed(span).unwrap_or(Timestamp::MAX_UTC)
}

/// The timer of a saga that has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, serde::Deserialize)]
pub enum NoTimer {}

/// What a saga wants done.
///
/// A step's timers are set with the step. Its commands are issued after it, one by one in this order; one that a rule
/// refuses comes back as an input and holds back those behind it, up to the next that stands apart. So a command may
/// rely on those before it. One that keeps failing, or is refused for a reason that the saga doesn't expect, is parked,
/// and those behind it wait in the same way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum Effect<T> {
    /// Issue a command, under a name derived from saga, input and ordinal.
    Issue {
        /// The command.
        command: Box<Command>,
        /// Whether it is issued whatever became of those before it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        apart: bool,
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
    /// Issues a command, if those before it went through.
    pub fn issue(command: impl Into<Command>) -> Self {
        Self::Issue { command: Box::new(command.into()), apart: false }
    }

    /// Issues a command, whatever became of those before it.
    pub fn apart(command: impl Into<Command>) -> Self {
        Self::Issue { command: Box::new(command.into()), apart: true }
    }
}
