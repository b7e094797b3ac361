//! What each command changes: one match, then one small function per command. Never here: folding, IO, time.

mod capture;
mod ending;
mod receipt;
mod refund;
mod request;
mod stray;

use crate::command::Command;
use crate::event::Event;
use crate::rejection::Rejection;
use crate::state::State;

/// What a command changes; no events means "already so".
pub type Decision = Result<Vec<Event>, Rejection>;

/// Decides what a command changes.
pub fn decide(state: &State, command: Command) -> Decision {
    match command {
        Command::Request(command) => request::request(state, command),
        Command::StartCapture(command) => capture::start(state.known()?, command),
        Command::RequireAuthentication(command) => capture::authenticate(state.known()?, command),
        Command::RecordCapture(command) => capture::record(state.known()?, command),
        Command::RecordDecline(command) => capture::decline(state.known()?, command),
        Command::Expire(command) => ending::expire(state.known()?, &command),
        Command::Void(command) => ending::void(state.known()?, &command),
        Command::StartRefund(command) => refund::start(state.known()?, command),
        Command::RecordRefund(command) => refund::record(state.known()?, command),
        Command::RecordRefundFailure(command) => refund::fail(state.known()?, &command),
    }
}
