//! A login session: a chain of refresh secrets, of which only the newest is good.
//!
//! A secret that was already exchanged and comes back means that somebody copied it: the session is revoked.
//! Never here: access tokens, or the secrets themselves; only their hashes are known.

pub mod command;
mod decide;
pub mod event;
pub mod policy;
mod rejection;
pub mod state;
pub mod value;

use kernel::id::SessionId;

pub use command::{Command, Open, Revoke, Rotate};
pub use event::{Event, Opened, Revoked, Rotated};
pub use rejection::Rejection;
pub use state::{Grant, State};
pub use value::RevokeReason;

/// The decider of a login session.
#[derive(Debug, Clone, Copy)]
pub struct Session;

impl kernel::Decider for Session {
    const CONTEXT: &'static str = crate::CONTEXT;
    const AGGREGATE: &'static str = "session";

    type Id = SessionId;
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
