//! Accrual: what a shopper confirms goes onto its merchant's statement, and so does what a claim changes of it. One
//! instance per order.
//!
//! ```text
//!  order.LinesConfirmed ──▶ Accrue, citing where that stands in the log
//!  order.ClaimCompleted ──▶ SettleClaim, likewise: confirmed pieces that came back, fees that stayed or went back
//! ```
//!
//! Neither waits for the other: what is taken back is reckoned as it was accrued, whether it is yet or not.
//! Never here: a rate, a period, or which statement.

use eventstore::{ReadError, Recorded};
use kernel::id::OrderId;
use order::event::ClaimCompleted;
use order::value::ClaimKind;

use crate::reckoned::{self, Reckoned};
use crate::{Effect, Errand, Input, NoTimer, Routes, Saga};

/// The saga.
#[derive(Debug, Clone, Copy)]
pub struct Accrual;

/// What it remembers: nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct State;

impl Saga for Accrual {
    const NAME: &'static str = "accrual";
    const CONTEXTS: &'static [&'static str] = &["order"];
    type Key = OrderId;
    type Event = Reckoned;
    type Timer = NoTimer;
    type State = State;

    fn route(recorded: &Recorded) -> Result<Routes<Self>, ReadError> {
        reckoned::route(recorded, |_| true, settles)
    }

    fn evolve(state: State, _: &Input<Reckoned, NoTimer>) -> State {
        state
    }

    fn react(_: &State, input: &Input<Reckoned, NoTimer>) -> Vec<Effect<NoTimer>> {
        match input {
            Input::Event { event, at } => {
                let Reckoned { order, position, claim } = *event;
                vec![Effect::issue(match claim {
                    None => Errand::Accrue { order, position, at: *at },
                    Some(claim) => Errand::SettleClaim { order, claim, position, at: *at },
                })]
            }
            Input::TimerFired { .. } | Input::Rejected { .. } => Vec::new(),
        }
    }

    /// Nothing that is refused here may be forgotten: each refusal is a person's turn.
    fn expects(_: &str, _: &str) -> bool {
        false
    }
}

/// An exchange gives other pieces and moves no money.
const fn settles(completed: &ClaimCompleted) -> bool {
    match completed.kind {
        ClaimKind::Cancel | ClaimKind::Return => true,
        ClaimKind::Exchange => false,
    }
}
