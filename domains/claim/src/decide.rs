//! The decisions of a claim: one match, then one small pure function per command.

mod goods;
mod hold;
mod judge;
mod money;
mod request;
mod runs;

use kernel::id::ClaimId;

use crate::state::{Case, Phase};
use crate::value::Kind;
use crate::{Command, Event, Rejection, State};

/// The decider of one claim (클레임).
#[derive(Debug, Clone, Copy)]
pub struct Claim;

/// What a decision is: new facts, none if it is already so, or a refusal.
type Decision = Result<Vec<Event>, Rejection>;

impl kernel::Decider for Claim {
    const CONTEXT: &'static str = "claim";
    const AGGREGATE: &'static str = "claim";

    type Id = ClaimId;
    type State = State;
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(state: &State, command: Command) -> Decision {
        match command {
            Command::RequestCancel(command) => request::cancel(state, command),
            Command::RequestReturn(command) => request::give_back(state, command),
            Command::Approve(command) => judge::approve(known(state)?, &command),
            Command::Accept(command) => judge::accept(known(state)?, &command),
            Command::RequestPickup(command) => goods::request_pickup(known(state)?, &command),
            Command::RecordPickupDispatch(command) => goods::record_dispatch(known(state)?, &command),
            Command::Collect(command) => goods::collect(known(state)?, &command),
            Command::Inspect(command) => goods::inspect(known(state)?, command),
            Command::StartRefund(command) => money::start_refund(known(state)?, &command),
            Command::RecordRefund(command) => money::record_refund(known(state)?, &command),
            Command::RecordRefundFailure(command) => money::record_failure(known(state)?, &command),
            Command::Reject(command) => judge::reject(known(state)?, &command),
            Command::Withdraw(command) => judge::withdraw(known(state)?, &command),
            Command::Hold(command) => hold::hold(known(state)?, &command),
            Command::Resume(command) => hold::resume(known(state)?, &command),
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        crate::state::evolve(state, event)
    }
}

fn known(state: &State) -> Result<&Case, Rejection> {
    state.case().ok_or(Rejection::NotFound)
}

/// Refuses a step that only the other kind has.
fn only(kind: Kind, case: &Case, action: &'static str) -> Result<(), Rejection> {
    if case.kind() == kind { Ok(()) } else { Err(Rejection::WrongKind { kind: case.kind(), action }) }
}

/// Refuses a step while the claim waits. A hold stops decisions, not facts: what is collected is collected.
fn not_held(case: &Case) -> Result<(), Rejection> {
    case.hold().map_or(Ok(()), |hold| Err(Rejection::OnHold(hold.reason)))
}

fn wrong_phase(phase: Phase, action: &'static str) -> Decision {
    Err(Rejection::WrongPhase { phase, action })
}
