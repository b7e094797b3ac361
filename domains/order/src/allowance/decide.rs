//! What each command changes: one match, then one small function per command.
//!
//! Invariant: what counts towards a limit is never more than the limit at the moment of a take.

use kernel::{Decider, Quantity};

use super::AllowanceId;
use super::command::{Command, GiveBack, Take};
use super::event::{Event, GivenBack, Taken};
use super::rejection::Rejection;
use super::state::State;

/// The allowance's rules.
#[derive(Debug, Clone, Copy)]
pub struct PurchaseAllowance;

type Decision = Result<Vec<Event>, Rejection>;

impl Decider for PurchaseAllowance {
    const CONTEXT: &'static str = "order";
    const AGGREGATE: &'static str = "purchase_allowance";
    type Id = AllowanceId;
    type State = State;
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(state: &State, command: Command) -> Decision {
        match command {
            Command::Take(command) => take(state, &command),
            Command::GiveBack(command) => Ok(give_back(state, &command)),
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        state.after(event)
    }
}

/// An order takes once, all its pieces; the same again is already so.
fn take(state: &State, command: &Take) -> Decision {
    let Take { allowance, order, quantity, limit, at } = *command;
    if state.kept_by(order) == Some(quantity) {
        return Ok(Vec::new());
    }
    let (product, wanted) = (allowance.product, quantity.get());
    let allowed = limit.pieces.get().saturating_sub(state.counted(limit, at));
    if wanted > allowed {
        return Err(Rejection::Exceeded { product, allowed, wanted });
    }
    Ok(vec![Event::Taken(Taken { allowance, order, quantity, limit, at })])
}

/// Gives back what of it still counts; what was forgotten or given back before is already so.
fn give_back(state: &State, command: &GiveBack) -> Vec<Event> {
    let GiveBack { order, quantity, at } = *command;
    let back = |(allowance, kept): (AllowanceId, Quantity)| {
        Event::GivenBack(GivenBack { allowance, order, quantity: quantity.min(kept), at })
    };
    state.allowance().zip(state.kept_by(order)).map(back).into_iter().collect()
}
