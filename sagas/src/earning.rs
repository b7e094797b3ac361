//! Earning: what a shopper paid for and confirmed earns points (적립금), and what comes back after that takes them back. One
//! instance per order.
//!
//! ```text
//!  order.LinesConfirmed, if something was paid for them ──▶ EarnPoints, citing where that stands in the log
//!  order.ClaimCompleted of confirmed pieces (직권 반품) ──▶ RevokePoints, likewise
//! ```
//!
//! Neither waits for the other: what is taken back is earned first, if it isn't yet.
//! Never here: a grade, a rate, or how long points are good.

use eventstore::{ReadError, Recorded};
use kernel::Amount;
use kernel::id::OrderId;
use order::event::{ClaimCompleted, LinesConfirmed};
use order::value::ClaimKind;

use crate::reckoned::{self, Reckoned};
use crate::{Effect, Errand, Input, NoTimer, Routes, Saga};

/// The saga.
#[derive(Debug, Clone, Copy)]
pub struct Earning;

/// What it remembers: nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct State;

impl Saga for Earning {
    const NAME: &'static str = "earning";
    const CONTEXTS: &'static [&'static str] = &["order"];
    type Key = OrderId;
    type Event = Reckoned;
    type Timer = NoTimer;
    type State = State;

    fn route(recorded: &Recorded) -> Result<Routes<Self>, ReadError> {
        reckoned::route(recorded, earns, takes_back)
    }

    fn evolve(state: State, _: &Input<Reckoned, NoTimer>) -> State {
        state
    }

    fn react(_: &State, input: &Input<Reckoned, NoTimer>) -> Vec<Effect<NoTimer>> {
        match input {
            Input::Event { event, at } => {
                let Reckoned { order, position, claim } = *event;
                vec![Effect::issue(match claim {
                    None => Errand::EarnPoints { order, position, at: *at },
                    Some(claim) => Errand::RevokePoints { order, claim, position, at: *at },
                })]
            }
            Input::TimerFired { .. } | Input::Rejected { .. } => Vec::new(),
        }
    }

    /// Nothing that is refused here may be forgotten: an account that is full, say, is a person's turn.
    fn expects(_: &str, _: &str) -> bool {
        false
    }
}

/// What was not paid for earns nothing.
fn earns(confirmed: &LinesConfirmed) -> bool {
    confirmed.lines.iter().any(|line| line.paid > Amount::ZERO)
}

/// Only confirmed pieces have earned, and only for what was paid for them.
fn takes_back(completed: &ClaimCompleted) -> bool {
    let paid = completed.lines.iter().any(|line| line.was_confirmed() && line.paid > Amount::ZERO);
    match completed.kind {
        ClaimKind::Return => paid,
        ClaimKind::Cancel | ClaimKind::Exchange => false,
    }
}
