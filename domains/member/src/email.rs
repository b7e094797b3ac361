//! The claim on an e-mail address: one subject per address, so that it has one holder at a time.
//!
//! Never here: the address itself. Only its keyed hash is known.

pub mod command;
mod decide;
pub mod event;
mod rejection;
pub mod state;

pub use crate::digest::EmailHash;
pub use command::{Claim, Command, Release};
pub use event::{Claimed, Event, Released};
pub use rejection::Rejection;
pub use state::State;

/// The decider of an e-mail address' claim.
#[derive(Debug, Clone, Copy)]
pub struct EmailClaim;

impl kernel::Decider for EmailClaim {
    const CONTEXT: &'static str = crate::CONTEXT;
    const AGGREGATE: &'static str = "email";

    type Id = EmailHash;
    type State = State;
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(state: &State, command: Command) -> Result<Vec<Event>, Rejection> {
        decide::decide(state, command)
    }

    fn evolve(_former: State, event: &Event) -> State {
        State::after(event)
    }
}
