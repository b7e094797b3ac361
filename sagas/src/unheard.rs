//! Commits that a saga could not be given, because this release can't read them or the instance that they concern.
//!
//! ```text
//!  unheard ──▶ waits for an operator ──▶ heard        (unheard again, where it is met again and still can't be read)
//! ```
//!
//! Each has a stream of its own, so that nothing needs the stream that can't be read. Never here: an input's handling.

use eventstore::Seq;
use kernel::{Decider, Rejection, RejectionKind};
use serde::{Deserialize, Serialize};

use crate::process::CONTEXT;

/// The aggregate: one saga's word on one commit.
#[derive(Debug)]
pub struct Unheard;

/// Which saga's, and where the commit stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnheardId {
    /// The saga.
    pub saga: String,
    /// The commit's position.
    pub position: Seq,
}

impl std::fmt::Display for UnheardId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.saga, self.position)
    }
}

/// A commit that could not be given to a saga.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noted {
    /// The saga.
    pub saga: String,
    /// The commit's position.
    pub position: Seq,
    /// The instance, where it is known. Its timers wait as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// Why.
    pub error: String,
}

/// The saga has heard it after all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// The saga.
    pub saga: String,
    /// The commit's position.
    pub position: Seq,
    /// Why an operator had it tried.
    pub reason: String,
}

/// What happened to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// It could not be given.
    Unheard(Noted),
    /// It was.
    Heard(Heard),
}

kernel::domain_event! { Event { Unheard => "unheard" 1, Heard => "heard" 1 } }

/// What may be asked.
#[derive(Debug, Clone)]
pub enum Ask {
    /// Note that it could not be given.
    Note(Noted),
    /// Note that it was.
    Hear(Heard),
}

/// Where it stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum State {
    /// Nothing is wrong with it.
    #[default]
    Heard,
    /// It waits.
    Waiting {
        /// For this instance, where it is known.
        key: Option<String>,
    },
}

/// Nothing of that name waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no commit of that position waits for this saga")]
pub struct NotUnheard;

impl Rejection for NotUnheard {
    fn code(&self) -> &'static str {
        "not_unheard"
    }

    fn kind(&self) -> RejectionKind {
        RejectionKind::Conflict
    }
}

impl Decider for Unheard {
    const CONTEXT: &'static str = CONTEXT;
    const AGGREGATE: &'static str = "unheard";
    type Id = UnheardId;
    type State = State;
    type Command = Ask;
    type Event = Event;
    type Rejection = NotUnheard;

    fn decide(state: &State, ask: Ask) -> Result<Vec<Event>, NotUnheard> {
        match (ask, state) {
            (Ask::Note(_), State::Waiting { .. }) => Ok(Vec::new()),
            (Ask::Note(noted), State::Heard) => Ok(vec![Event::Unheard(noted)]),
            (Ask::Hear(heard), State::Waiting { .. }) => Ok(vec![Event::Heard(heard)]),
            (Ask::Hear(_), State::Heard) => Err(NotUnheard),
        }
    }

    fn evolve(_: State, event: &Event) -> State {
        match event {
            Event::Unheard(noted) => State::Waiting { key: noted.key.clone() },
            Event::Heard(_) => State::Heard,
        }
    }
}
