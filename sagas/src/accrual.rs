//! Accrual: what a shopper confirms goes onto its merchant's statement. One instance per order.
//!
//! ```text
//!  order.LinesConfirmed ──▶ Accrue, citing where that stands in the log
//! ```
//!
//! Never here: a rate, a period, or which statement.

use eventstore::{ReadError, Recorded, Seq};
use kernel::id::OrderId;
use serde::{Deserialize, Serialize};

use crate::{Effect, Errand, Input, NoTimer, Routes, Saga};

/// The saga.
#[derive(Debug, Clone, Copy)]
pub struct Accrual;

/// What it hears: lines were confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Of which order.
    pub order: OrderId,
    /// Where in the log.
    pub position: Seq,
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
        let confirmed = events.iter().filter_map(confirmed_of);
        Ok(confirmed.map(|order| (order, Event { order, position: recorded.seq })).collect())
    }

    fn evolve(state: State, _: &Input<Event, NoTimer>) -> State {
        state
    }

    fn react(_: &State, input: &Input<Event, NoTimer>) -> Vec<Effect<NoTimer>> {
        match input {
            Input::Event { event: Event { order, position }, at } => {
                vec![Effect::issue(Errand::Accrue { order: *order, position: *position, at: *at })]
            }
            Input::TimerFired { .. } | Input::Rejected { .. } => Vec::new(),
        }
    }
}

fn confirmed_of(event: &order::Event) -> Option<OrderId> {
    match event {
        order::Event::LinesConfirmed(body) => Some(body.order),
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
        | order::Event::ClaimCompleted(_)
        | order::Event::Closed(_) => None,
    }
}
