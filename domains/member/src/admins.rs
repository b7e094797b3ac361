//! The admins: the enabled operators with the role admin. One subject for all of them, so that the last can't go.
//!
//! It is written in the same append that makes, changes, locks or unlocks an operator. Two admins who lock each other out
//! at the same moment meet here, and one of them is refused. Never here: what an operator is (see [`crate::operator`]).

pub mod command;
mod decide;
pub mod event;
pub mod policy;
mod rejection;
pub mod state;

pub use command::{Command, Join, Leave};
pub use event::{Event, Joined, Left};
pub use rejection::Rejection;
pub use state::State;

/// The decider of the admins.
#[derive(Debug, Clone, Copy)]
pub struct Admins;

/// Names the one instance there is: the admins of this installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Installation;

impl std::fmt::Display for Installation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("installation")
    }
}

impl kernel::Decider for Admins {
    const CONTEXT: &'static str = crate::CONTEXT;
    const AGGREGATE: &'static str = "admins";

    type Id = Installation;
    type State = State;
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(state: &State, command: Command) -> Result<Vec<Event>, Rejection> {
        decide::decide(state, command)
    }

    fn evolve(state: State, event: &Event) -> State {
        state.evolve(event)
    }
}
