//! What each command changes: one match, then one small function per command. Never here: folding, IO, time.

mod departure;
mod request;
mod track;

use super::command::Command;
use super::event::Event;
use super::rejection::Rejection;
use super::state::State;

/// What a command changes; no events means "already so".
pub type Decision = Result<Vec<Event>, Rejection>;

/// Decides what a command changes.
pub fn decide(state: &State, command: Command) -> Decision {
    match command {
        Command::Request(command) => request::request(state, command),
        Command::Accept(command) => departure::accept(state.known()?, &command),
        Command::Dispatch(command) => departure::dispatch(state.known()?, command),
        Command::Track(command) => track::track(state.known()?, command),
        Command::ExplainDelay(command) => departure::explain_delay(state.known()?, command),
        Command::Cancel(command) => departure::cancel(state.known()?, &command),
    }
}
