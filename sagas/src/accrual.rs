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

use eventstore::{ReadError, Recorded, Seq};
use kernel::id::{ClaimId, OrderId};
use order::value::ClaimKind;
use serde::{Deserialize, Serialize};

use crate::{Effect, Errand, Input, NoTimer, Routes, Saga};

/// The saga.
#[derive(Debug, Clone, Copy)]
pub struct Accrual;

/// What it hears: lines were confirmed, or a claim was completed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Of which order.
    pub order: OrderId,
    /// Where in the log.
    pub position: Seq,
    /// The completed claim, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<ClaimId>,
}

/// What it remembers: nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct State;

impl Saga for Accrual {
    const NAME: &'static str = "accrual";
    const CONTEXTS: &'static [&'static str] = &["order"];
    type Key = OrderId;
    type Event = Event;
    type Timer = NoTimer;
    type State = State;

    fn route(recorded: &Recorded) -> Result<Routes<Self>, ReadError> {
        let events = recorded.events_of::<order::Order>()?.unwrap_or_default();
        let position = recorded.seq;
        let heard = events.iter().filter_map(heard);
        Ok(heard.map(|(order, claim)| (order, Event { order, position, claim })).collect())
    }

    fn evolve(state: State, _: &Input<Event, NoTimer>) -> State {
        state
    }

    fn react(_: &State, input: &Input<Event, NoTimer>) -> Vec<Effect<NoTimer>> {
        match input {
            Input::Event { event, at } => {
                let Event { order, position, claim } = *event;
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

/// The order, and the claim where one was completed. An exchange gives other pieces and moves no money.
fn heard(event: &order::Event) -> Option<(OrderId, Option<ClaimId>)> {
    match event {
        order::Event::LinesConfirmed(body) => Some((body.order, None)),
        order::Event::ClaimCompleted(body) => match body.kind {
            ClaimKind::Cancel | ClaimKind::Return => Some((body.order, Some(body.claim))),
            ClaimKind::Exchange => None,
        },
        order::Event::Placed(_)
        | order::Event::Paid(_)
        | order::Event::Expired(_)
        | order::Event::Cancelled(_)
        | order::Event::LinesPrepared(_)
        | order::Event::LinesShipped(_)
        | order::Event::LinesDelivered(_)
        | order::Event::LinesLost(_)
        | order::Event::ConfirmationHeld(_)
        | order::Event::HoldReleased(_)
        | order::Event::ClaimOpened(_)
        | order::Event::ClaimClosed(_)
        | order::Event::Closed(_) => None,
    }
}
