//! The decider of a statement: one match, then one small pure function per command. Never here: reckoning of amounts.

mod collect;
mod conclude;
mod pay;

use kernel::Decider;
use kernel::id::StatementId;

use crate::event::{CarriedIn, Closed};
use crate::state::{Phase, Standing};
use crate::{Command, Event, Rejection, State};

/// What a command leads to.
type Decision = Result<Vec<Event>, Rejection>;

/// A merchant's statement (정산서) for one mall and period.
#[derive(Debug)]
pub struct Statement;

impl Decider for Statement {
    const CONTEXT: &'static str = "settlement";
    const AGGREGATE: &'static str = "statement";
    const SNAPSHOTS: bool = true;

    type Id = StatementId;
    type State = State;
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(state: &State, command: Command) -> Decision {
        match command {
            Command::Accrue(command) => collect::accrue(state, command),
            Command::SettleClaim(command) => collect::settle_claim(state, command),
            Command::CarryIn(command) => collect::carry_in(state, command),
            Command::Close(command) => conclude::close(standing(state)?, &command),
            Command::Confirm(command) => conclude::confirm(standing(state)?, &command),
            Command::RequestPayout(command) => pay::request(standing(state)?, command),
            Command::RecordPayout(command) => pay::record(standing(state)?, command),
            Command::RecordPayoutFailure(command) => pay::record_failure(standing(state)?, &command),
            Command::RetryPayout(command) => pay::retry(standing(state)?, command),
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        match event {
            Event::Opened(event) => State::Standing(Box::new(Standing::opened(event))),
            Event::ItemsAccrued(event) | Event::ItemsAdjusted(event) => state.with(|now| now.add(event)),
            Event::CarriedIn(event) => state.with(|now| carry(now, event)),
            Event::Closed(event) => state.with(|now| seal(now, event)),
            Event::Confirmed(_) => state.with(|now| now.phase = Phase::Confirmed),
            Event::PayoutRequested(event) => state.with(|now| {
                now.payouts.insert(event.payout);
                now.phase = Phase::PayoutRequested(event.payout);
            }),
            Event::Paid(event) => state.with(|now| now.phase = Phase::Paid(event.payout)),
            Event::PayoutFailed(event) => state.with(|now| now.phase = Phase::PayoutFailed(event.payout)),
            Event::CarriedOver(_) => state.with(|now| now.phase = Phase::CarriedOver),
        }
    }

    fn freeze(state: &State) -> Option<String> {
        kernel::snapshot::freeze(state)
    }

    fn thaw(frozen: &str) -> Option<State> {
        kernel::snapshot::thaw(frozen)
    }
}

fn standing(state: &State) -> Result<&Standing, Rejection> {
    state.standing().ok_or(Rejection::NoSuchStatement)
}

fn carry(now: &mut Standing, event: &CarriedIn) {
    now.carried_in.insert(event.from, event.amount);
    now.chain.clone_from(&event.chain_sha256);
}

fn seal(now: &mut Standing, event: &Closed) {
    now.phase = Phase::Closed;
    now.hash = Some(event.sha256.clone());
}
