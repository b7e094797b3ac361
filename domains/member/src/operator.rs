//! An operator: a person in the back office, with roles.
//!
//! Never here: what a role opens. The edge asks [`State::may`] and guards its own doors.

pub mod command;
mod decide;
pub mod event;
mod rejection;
pub mod state;
pub mod value;

use kernel::id::OperatorId;

pub use command::{Command, Create, Disable, Enable, SetPassword, SetRoles};
pub use event::{Created, Disabled, Enabled, Event, PasswordSet, RolesSet};
pub use rejection::Rejection;
pub use state::{Staff, State};
pub use value::Role;

/// The decider of an operator's account.
#[derive(Debug, Clone, Copy)]
pub struct Operator;

impl kernel::Decider for Operator {
    const CONTEXT: &'static str = crate::CONTEXT;
    const AGGREGATE: &'static str = "operator";

    type Id = OperatorId;
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
