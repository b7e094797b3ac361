//! Gift: a paid gift (선물하기) waits for its recipient, and what is left of one that nobody accepted is cancelled. One
//! instance per gift; other orders have none.
//!
//! ```text
//!  order.Paid, to be accepted by an instant ──▶ timer AcceptBy ──fires──▶ Order.LapseGift
//!                                                                │ refused: it was accepted, or has ended ──▶ nothing
//!  order.GiftAccepted ──▶ no timer: fulfilment has it sent
//!  order.GiftEnded ──▶ no timer, CancelGift: claims that cancel what is left, with all that follows from a cancel
//! ```
//!
//! Which of acceptance, refusal, deadline and the buyer's second thoughts came first is the order's to say. Never here:
//! an address, an amount.

use eventstore::{ReadError, Recorded};
use kernel::Timestamp;
use kernel::id::OrderId;
use order::command::LapseGift;
use serde::{Deserialize, Serialize};

use crate::{Command, Effect, Errand, Input, Routes, Saga};

/// The saga.
#[derive(Debug, Clone, Copy)]
pub struct Gift;

/// What it hears.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// The gift is paid and waits.
    Paid {
        /// The order.
        order: OrderId,
        /// Until when (exclusive) it can be accepted.
        accept_by: Timestamp,
    },
    /// Its recipient accepted it.
    Accepted,
    /// Nobody will.
    Ended {
        /// The order.
        order: OrderId,
    },
}

/// Its timer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timer {
    /// The time to accept is over.
    AcceptBy,
}

/// What it remembers.
#[derive(Debug, Clone, Copy, Default)]
pub struct State {
    order: Option<OrderId>,
}

const NO_TIMER: Effect<Timer> = Effect::CancelTimer { timer: Timer::AcceptBy };

impl Saga for Gift {
    const NAME: &'static str = "gift";
    const CONTEXTS: &'static [&'static str] = &["order"];
    type Key = OrderId;
    type Event = Event;
    type Timer = Timer;
    type State = State;

    fn route(recorded: &Recorded) -> Result<Routes<Self>, ReadError> {
        let events = recorded.events_of::<order::Order>()?.unwrap_or_default();
        Ok(events.iter().filter_map(heard).collect())
    }

    fn evolve(state: State, input: &Input<Event, Timer>) -> State {
        match input {
            Input::Event { event: Event::Paid { order, .. }, .. } => State { order: Some(*order) },
            Input::Event { event: Event::Accepted | Event::Ended { .. }, .. }
            | Input::TimerFired { .. }
            | Input::Rejected { .. } => state,
        }
    }

    fn react(state: &State, input: &Input<Event, Timer>) -> Vec<Effect<Timer>> {
        match input {
            Input::Event { event: Event::Paid { accept_by, .. }, .. } => {
                vec![Effect::StartTimer { timer: Timer::AcceptBy, at: *accept_by }]
            }
            Input::Event { event: Event::Accepted, .. } => vec![NO_TIMER],
            Input::Event { event: Event::Ended { order }, at } => {
                vec![NO_TIMER, Effect::issue(Errand::CancelGift { order: *order, at: *at })]
            }
            Input::TimerFired { timer: Timer::AcceptBy, at } => {
                state.order.map(|order| lapse(order, *at)).into_iter().collect()
            }
            Input::Rejected { .. } => Vec::new(),
        }
    }

    /// The recipient or the buyer was faster.
    fn expects(command: &str, code: &str) -> bool {
        command == "order.lapse_gift" && matches!(code, "gift_accepted" | "gift_over")
    }
}

fn heard(event: &order::Event) -> Option<(OrderId, Event)> {
    match event {
        order::Event::Paid(body) => {
            Some((body.order, Event::Paid { order: body.order, accept_by: body.accept_by? }))
        }
        order::Event::GiftAccepted(body) => Some((body.order, Event::Accepted)),
        order::Event::GiftEnded(body) => Some((body.order, Event::Ended { order: body.order })),
        order::Event::Placed(_)
        | order::Event::Expired(_)
        | order::Event::Cancelled(_)
        | order::Event::LinesPrepared(_)
        | order::Event::LinesShipped(_)
        | order::Event::LinesDelivered(_)
        | order::Event::LinesLost(_)
        | order::Event::LinesConfirmed(_)
        | order::Event::ConfirmationHeld(_)
        | order::Event::HoldReleased(_)
        | order::Event::ClaimOpened(_)
        | order::Event::ClaimRefundStarted(_)
        | order::Event::ClaimClosed(_)
        | order::Event::ClaimCompleted(_)
        | order::Event::Closed(_) => None,
    }
}

fn lapse(order: OrderId, at: Timestamp) -> Effect<Timer> {
    Effect::issue(Command::Order { order, command: order::Command::LapseGift(LapseGift { at }) })
}
