//! Fulfilment: a paid order is sent, and follows its shipments. One instance per order.
//!
//! ```text
//!  order.Paid; of a gift order.GiftAccepted ──▶ RequestShipments
//!  shipment.Accepted   ──▶ Order.Prepare ──▶ order.LinesPrepared
//!  shipment.Dispatched ──▶ Order.Ship    ──▶ order.LinesShipped ──▶ Stock.Commit
//!  shipment.Lost, .ReturnedToSender ──▶ Order.Lose ──▶ order.LinesLost: to be cancelled or sent again
//!  shipment.Delivered  ──▶ Order.Deliver ──▶ order.LinesDelivered
//!                              │ refused: a claim holds the pieces
//!                              └──▶ again once order.ClaimClosed or order.ClaimCompleted comes
//! ```
//!
//! Pieces come off the stock on the word of the order, which says once for each shipment that they left. Pick-ups of
//! returns are the claim's. Never here: which shipments there should be.

use std::collections::BTreeMap;

use eventstore::{ReadError, Recorded};
use kernel::Timestamp;
use kernel::id::{OrderId, ShipmentId};
use order::command::{Deliver, Lose, Prepare, Ship};
use order::event::MovedLine;
use order::value::{LineNo, LineQuantity};
use serde::{Deserialize, Serialize};
use shipping::shipment;
use shipping::shipment::value::{Head, Purpose};

use crate::pieces::{self, Pieces, per_sku};
use crate::{Command, Effect, Errand, Input, NoTimer, Routes, Saga};

/// The saga.
#[derive(Debug, Clone, Copy)]
pub struct Fulfilment;

/// How far a shipment has come, as far as the order minds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The merchant accepted it.
    Prepared,
    /// It left.
    Shipped,
    /// It was lost, or came back to its sender.
    Lost,
    /// It arrived.
    Delivered,
}

/// What it hears.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// The order is paid.
    Paid {
        /// The order.
        order: OrderId,
    },
    /// The order is a paid gift, and its recipient said where it goes.
    GiftAccepted {
        /// The order.
        order: OrderId,
    },
    /// A shipment to the shopper reached a stage.
    Reached {
        /// The shipment.
        shipment: ShipmentId,
        /// Which stage.
        stage: Stage,
        /// What is in it.
        lines: Vec<LineQuantity>,
    },
    /// The order knows of it.
    Noted {
        /// The shipment.
        shipment: ShipmentId,
        /// Which stage.
        stage: Stage,
        /// What is in it.
        pieces: Vec<Pieces>,
    },
    /// A shipment was called off.
    CalledOff {
        /// Which.
        shipment: ShipmentId,
    },
    /// A claim no longer holds pieces.
    ClaimOver,
}

/// What it remembers.
#[derive(Debug, Clone, Default)]
pub struct State {
    order: Option<OrderId>,
    /// Stages that shipments reached and the order doesn't know of.
    unknown: BTreeMap<ShipmentId, BTreeMap<Stage, Vec<LineQuantity>>>,
    /// By which stage the order first said that a shipment had left.
    left: BTreeMap<ShipmentId, Stage>,
    refused: bool,
}

impl Saga for Fulfilment {
    const NAME: &'static str = "fulfilment";
    const CONTEXTS: &'static [&'static str] = &["order", "shipping"];
    type Key = OrderId;
    type Event = Event;
    type Timer = NoTimer;
    type State = State;

    fn route(recorded: &Recorded) -> Result<Routes<Self>, ReadError> {
        let orders = recorded.events_of::<order::Order>()?.unwrap_or_default();
        let shipments = recorded.events_of::<shipment::Shipment>()?.unwrap_or_default();
        Ok(orders.iter().filter_map(of_order).chain(shipments.iter().filter_map(of_shipment)).collect())
    }

    fn evolve(state: State, input: &Input<Event, NoTimer>) -> State {
        match input {
            Input::Event { event, .. } => happened(state, event),
            Input::Rejected { code, .. } if code == "claimed" => State { refused: true, ..state },
            Input::Rejected { .. } | Input::TimerFired { .. } => state,
        }
    }

    fn react(state: &State, input: &Input<Event, NoTimer>) -> Vec<Effect<NoTimer>> {
        let (Some(order), Input::Event { event, at }) = (state.order, input) else { return Vec::new() };
        match event {
            Event::Paid { .. } | Event::GiftAccepted { .. } => {
                vec![Effect::issue(Errand::RequestShipments { order, replanned_for: None, at: *at })]
            }
            Event::Reached { shipment, stage, lines } => {
                vec![Effect::issue(advance(order, *shipment, (*stage, lines), *at))]
            }
            Event::Noted { shipment, stage, pieces } if state.left.get(shipment) == Some(stage) => {
                pieces.iter().map(|&left| Effect::apart(pieces::commit(order, left, *at))).collect()
            }
            Event::ClaimOver if state.refused => advance_again(state, order, *at),
            Event::Noted { .. } | Event::CalledOff { .. } | Event::ClaimOver => Vec::new(),
        }
    }

    fn begins(event: &Event) -> bool {
        matches!(event, Event::Paid { .. })
    }

    fn expects(command: &str, code: &str) -> bool {
        matches!((command, code), ("order.prepare" | "order.ship" | "order.deliver", "claimed"))
    }
}

fn of_order(event: &order::Event) -> Option<(OrderId, Event)> {
    let noted = |order, shipment, stage, lines: &[MovedLine]| {
        let pieces = per_sku(lines.iter().map(|line| (line.sku, line.quantity)));
        Some((order, Event::Noted { shipment, stage, pieces }))
    };
    match event {
        order::Event::Paid(body) if body.accept_by.is_some() => None,
        order::Event::Paid(body) => Some((body.order, Event::Paid { order: body.order })),
        order::Event::GiftAccepted(body) => Some((body.order, Event::GiftAccepted { order: body.order })),
        order::Event::LinesPrepared(body) => noted(body.order, body.shipment, Stage::Prepared, &body.lines),
        order::Event::LinesShipped(body) => noted(body.order, body.shipment, Stage::Shipped, &body.lines),
        order::Event::LinesLost(body) => noted(body.order, body.shipment, Stage::Lost, &body.lines),
        order::Event::LinesDelivered(body) => noted(body.order, body.shipment, Stage::Delivered, &body.lines),
        order::Event::ClaimClosed(body) => Some((body.order, Event::ClaimOver)),
        order::Event::ClaimCompleted(body) => Some((body.order, Event::ClaimOver)),
        order::Event::Placed(_)
        | order::Event::Expired(_)
        | order::Event::Cancelled(_)
        | order::Event::GiftEnded(_)
        | order::Event::LinesConfirmed(_)
        | order::Event::ConfirmationHeld(_)
        | order::Event::HoldReleased(_)
        | order::Event::ClaimOpened(_)
        | order::Event::ClaimRefundStarted(_)
        | order::Event::Closed(_) => None,
    }
}

fn of_shipment(event: &shipment::Event) -> Option<(OrderId, Event)> {
    match event {
        shipment::Event::Accepted(body) => reached(&body.head, Stage::Prepared),
        shipment::Event::Dispatched(body) => reached(&body.head, Stage::Shipped),
        shipment::Event::Delivered(body) => reached(&body.head, Stage::Delivered),
        shipment::Event::Lost(body) => reached(&body.head, Stage::Lost),
        shipment::Event::ReturnedToSender(body) => reached(&body.head, Stage::Lost),
        shipment::Event::Cancelled(body) if body.head.purpose == Purpose::Outbound => {
            Some((body.head.order, Event::CalledOff { shipment: body.head.shipment }))
        }
        shipment::Event::Requested(_)
        | shipment::Event::ScanRecorded(_)
        | shipment::Event::DispatchDelayed(_)
        | shipment::Event::Cancelled(_) => None,
    }
}

fn reached(head: &Head, stage: Stage) -> Option<(OrderId, Event)> {
    match head.purpose {
        Purpose::Outbound => {
            let line = |line: &shipment::value::ShipmentLine| LineQuantity {
                line: LineNo(line.line),
                quantity: line.quantity,
            };
            let lines = head.lines.iter().map(line).collect();
            Some((head.order, Event::Reached { shipment: head.shipment, stage, lines }))
        }
        Purpose::ReturnPickup { .. } => None,
    }
}

fn happened(mut state: State, event: &Event) -> State {
    match event {
        Event::Paid { order } | Event::GiftAccepted { order } => state.order = Some(*order),
        Event::Reached { shipment, stage, lines } => {
            state.unknown.entry(*shipment).or_default().insert(*stage, lines.clone());
        }
        Event::Noted { shipment, stage, .. } => noted(&mut state, *shipment, *stage),
        Event::CalledOff { shipment } => {
            state.unknown.remove(shipment);
        }
        Event::ClaimOver => {}
    }
    state
}

/// A stage that the order knows of; those before it went the same way.
fn noted(state: &mut State, shipment: ShipmentId, reached: Stage) {
    if let Some(stages) = state.unknown.get_mut(&shipment) {
        stages.retain(|stage, _| *stage > reached);
    }
    state.unknown.retain(|_, stages| !stages.is_empty());
    state.refused &= !state.unknown.is_empty();
    if reached >= Stage::Shipped {
        state.left.entry(shipment).or_insert(reached);
    }
}

/// Tells the order of every stage that it doesn't know of; one shipment's stages don't wait for another's.
fn advance_again(state: &State, order: OrderId, at: Timestamp) -> Vec<Effect<NoTimer>> {
    let mut effects = Vec::new();
    for (shipment, stages) in &state.unknown {
        for (ordinal, (stage, lines)) in stages.iter().enumerate() {
            let command = advance(order, *shipment, (*stage, lines), at);
            effects.push(if ordinal == 0 { Effect::apart(command) } else { Effect::issue(command) });
        }
    }
    effects
}

fn advance(
    order: OrderId,
    shipment: ShipmentId,
    (stage, lines): (Stage, &[LineQuantity]),
    at: Timestamp,
) -> Command {
    let lines = lines.to_vec();
    let command = match stage {
        Stage::Prepared => order::Command::Prepare(Prepare { shipment, lines, at }),
        Stage::Shipped => order::Command::Ship(Ship { shipment, lines, at }),
        Stage::Lost => order::Command::Lose(Lose { shipment, lines, at }),
        Stage::Delivered => order::Command::Deliver(Deliver { shipment, lines, at }),
    };
    Command::Order { order, command }
}
