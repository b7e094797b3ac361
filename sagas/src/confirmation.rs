//! Confirmation: what was delivered confirms itself after some days (구매확정). One instance per order.
//!
//! ```text
//!  order.LinesDelivered ──▶ timer Confirm of that shipment ──fires──▶ Order.Confirm
//!                                                                        │ refused: the shopper holds it
//!  order.ConfirmationHeld, HoldReleased ──▶ timer Again (end of hold)  ◀─┘
//!  order.ClaimClosed, HoldReleased, timer Again ──▶ Order.Confirm of what is left
//! ```
//!
//! A shipment's timer confirms that shipment's pieces; with no other timer to come it confirms all that is left, which
//! makes up for pieces that a claim or a hold kept earlier. Nothing is confirmed before its days are over.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use eventstore::{ReadError, Recorded};
use kernel::Timestamp;
use kernel::id::{OrderId, ShipmentId};
use order::command::Confirm;
use order::event::LinesDelivered;
use order::value::{ConfirmedBy, LineQuantity};
use serde::{Deserialize, Serialize};

use crate::saga::later;
use crate::{Command, Effect, Input, Routes, Saga};

/// The saga.
#[derive(Debug, Clone, Copy)]
pub struct Confirmation;

/// What it hears.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// A shipment arrived.
    Delivered {
        /// The order.
        order: OrderId,
        /// The shipment.
        shipment: ShipmentId,
        /// What was in it.
        lines: Vec<LineQuantity>,
        /// When it is to confirm itself.
        confirm_at: Timestamp,
    },
    /// The shopper holds the confirmation.
    Held {
        /// Until when (exclusive), if an end was named.
        until: Option<Timestamp>,
    },
    /// They no longer do.
    Released,
    /// A claim gave its pieces back.
    ClaimClosed,
}

/// Its timers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timer {
    /// A shipment's days are over.
    Confirm {
        /// Which.
        shipment: ShipmentId,
    },
    /// A hold is over.
    Again,
}

/// What it remembers.
#[derive(Debug, Clone, Default)]
pub struct State {
    order: Option<OrderId>,
    /// Shipments whose days are not over.
    young: BTreeMap<ShipmentId, Vec<LineQuantity>>,
    /// The shipment whose days were over last.
    ripe: Option<Vec<LineQuantity>>,
    held_until: Option<Timestamp>,
}

impl Saga for Confirmation {
    const NAME: &'static str = "confirmation";
    const CONTEXTS: &'static [&'static str] = &["order"];
    type Key = OrderId;
    type Event = Event;
    type Timer = Timer;
    type State = State;

    fn route(recorded: &Recorded) -> Result<Routes<Self>, ReadError> {
        let events = recorded.events_of::<order::Order>()?.unwrap_or_default();
        Ok(events.iter().filter_map(heard).collect())
    }

    fn evolve(mut state: State, input: &Input<Event, Timer>) -> State {
        match input {
            Input::Event { event, .. } => return happened(state, event),
            Input::TimerFired { timer: Timer::Confirm { shipment }, .. } => {
                state.ripe = state.young.remove(shipment).or(state.ripe);
            }
            Input::TimerFired { timer: Timer::Again, .. } | Input::Rejected { .. } => {}
        }
        state
    }

    fn react(state: &State, input: &Input<Event, Timer>) -> Vec<Effect<Timer>> {
        match input {
            Input::Event { event, at } => answer(state, event, *at),
            Input::TimerFired { timer: Timer::Confirm { .. }, at } => confirm_ripe(state, *at),
            Input::TimerFired { timer: Timer::Again, at } => confirm_rest(state, *at),
            Input::Rejected { .. } if input.is_refusal("order.confirm", "confirmation_held") => {
                state.held_until.map(again).into_iter().collect()
            }
            Input::Rejected { .. } => Vec::new(),
        }
    }

    /// Besides a hold: a claim has the pieces, which are confirmed once it is over; or the shopper was faster.
    fn expects(command: &str, code: &str) -> bool {
        command == "order.confirm"
            && matches!(code, "confirmation_held" | "claimed" | "not_enough" | "not_paid")
    }
}

fn heard(event: &order::Event) -> Option<(OrderId, Event)> {
    match event {
        order::Event::LinesDelivered(body) => Some((body.order, delivered(body))),
        order::Event::ConfirmationHeld(body) => Some((body.order, Event::Held { until: body.until })),
        order::Event::HoldReleased(body) => Some((body.order, Event::Released)),
        order::Event::ClaimClosed(body) => Some((body.order, Event::ClaimClosed)),
        order::Event::Placed(_)
        | order::Event::Paid(_)
        | order::Event::Expired(_)
        | order::Event::Cancelled(_)
        | order::Event::GiftAccepted(_)
        | order::Event::GiftEnded(_)
        | order::Event::LinesPrepared(_)
        | order::Event::LinesShipped(_)
        | order::Event::LinesLost(_)
        | order::Event::LinesConfirmed(_)
        | order::Event::ClaimOpened(_)
        | order::Event::ClaimRefundStarted(_)
        | order::Event::ClaimCompleted(_)
        | order::Event::Closed(_) => None,
    }
}

fn delivered(body: &LinesDelivered) -> Event {
    let line = |line: &order::event::MovedLine| LineQuantity { line: line.line, quantity: line.quantity };
    Event::Delivered {
        order: body.order,
        shipment: body.shipment,
        lines: body.lines.iter().map(line).collect(),
        confirm_at: later(body.at, TimeDelta::days(i64::from(body.confirm_after_days))),
    }
}

fn happened(mut state: State, event: &Event) -> State {
    match event {
        Event::Delivered { order, shipment, lines, .. } => {
            state.order = Some(*order);
            state.young.insert(*shipment, lines.clone());
        }
        Event::Held { until } => state.held_until = *until,
        Event::Released => state.held_until = None,
        Event::ClaimClosed => {}
    }
    state
}

fn answer(state: &State, event: &Event, at: Timestamp) -> Vec<Effect<Timer>> {
    let was_tried = state.ripe.is_some();
    match event {
        Event::Delivered { shipment, confirm_at, .. } => {
            vec![Effect::StartTimer { timer: Timer::Confirm { shipment: *shipment }, at: *confirm_at }]
        }
        Event::Held { until: Some(until) } if was_tried => vec![again(*until)],
        Event::Held { until: None } if was_tried => vec![Effect::CancelTimer { timer: Timer::Again }],
        Event::Released if was_tried => {
            let no_timer = Effect::CancelTimer { timer: Timer::Again };
            std::iter::once(no_timer).chain(confirm_rest(state, at)).collect()
        }
        Event::ClaimClosed => confirm_rest(state, at),
        Event::Held { .. } | Event::Released => Vec::new(),
    }
}

fn again(at: Timestamp) -> Effect<Timer> {
    Effect::StartTimer { timer: Timer::Again, at }
}

/// The pieces whose days are over now; all that is left, where no others have days to go.
fn confirm_ripe(state: &State, at: Timestamp) -> Vec<Effect<Timer>> {
    let lines = state.ripe.clone().filter(|_| !state.young.is_empty());
    state.order.map(|order| confirm(order, lines, at)).into_iter().collect()
}

/// All that is left, unless some of it has days to go: then the last of those timers does it.
fn confirm_rest(state: &State, at: Timestamp) -> Vec<Effect<Timer>> {
    let all_over = state.ripe.is_some() && state.young.is_empty();
    state.order.filter(|_| all_over).map(|order| confirm(order, None, at)).into_iter().collect()
}

fn confirm(order: OrderId, lines: Option<Vec<LineQuantity>>, at: Timestamp) -> Effect<Timer> {
    let confirm = Confirm { lines, by: ConfirmedBy::System, at };
    Effect::issue(Command::Order { order, command: order::Command::Confirm(confirm) })
}
