//! The timeline of an order: each event of its order, payment, shipments and claims, with who did it and a few words.
//!
//! The detail says what an operator needs to read the timeline without the log. Never here: personal data, sealed or not.

mod of_claim;
mod of_order;
mod of_payment;
mod of_shipment;

use eventstore::Recorded;
use kernel::id::OrderId;
use kernel::{Actor, DomainEvent, Timestamp};
use serde_json::Value;

use super::row::{Happening, Row};
use crate::checkpoint::position;
use crate::column::instant;

/// What an event says about an order.
struct Note {
    order: OrderId,
    at: Timestamp,
    detail: Value,
}

pub(super) fn of_order(recorded: &Recorded, events: &[order::Event]) -> Vec<Row> {
    happenings(recorded, "order", events, of_order::note)
}

pub(super) fn of_payment(recorded: &Recorded, events: &[payment::Event]) -> Vec<Row> {
    happenings(recorded, "payment", events, of_payment::note)
}

pub(super) fn of_shipment(recorded: &Recorded, events: &[shipping::shipment::Event]) -> Vec<Row> {
    happenings(recorded, "shipping", events, of_shipment::note)
}

pub(super) fn of_claim(recorded: &Recorded, events: &[claim::Event]) -> Vec<Row> {
    happenings(recorded, "claim", events, of_claim::note)
}

fn happenings<E: DomainEvent>(
    recorded: &Recorded,
    context: &'static str,
    events: &[E],
    note: fn(&E) -> Note,
) -> Vec<Row> {
    let (actor_kind, actor_id) = actor(&recorded.meta.actor);
    let happening = |(ordinal, event): (i32, &E)| {
        let Note { order, at, detail } = note(event);
        Row::Happened(Box::new(Happening {
            order_id: order,
            position: position(recorded.seq),
            ordinal,
            at: instant(at),
            context,
            event: event.name(),
            actor_kind,
            actor_id: actor_id.clone(),
            correlation_id: recorded.meta.correlation_id.0,
            detail,
        }))
    };
    (0..).zip(events).map(happening).collect()
}

fn actor(actor: &Actor) -> (&'static str, Option<String>) {
    match actor {
        Actor::Guest => ("guest", None),
        Actor::Shopper { member } => ("shopper", Some(member.to_string())),
        Actor::Merchant { merchant } => ("merchant", Some(merchant.to_string())),
        Actor::Operator { operator } => ("operator", Some(operator.to_string())),
        Actor::System { name } => ("system", Some(name.clone())),
    }
}
