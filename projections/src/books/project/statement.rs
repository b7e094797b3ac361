//! What a statement's events mean: its own row, its items, and the entries that stand in the events.

use eventstore::Seq;
use kernel::Timestamp;
use kernel::id::StatementId;
use settlement::Event;
use settlement::event::{CarriedIn, CarriedOver, Closed, ItemsAdded, Paid, PayoutFailed, PayoutRequested};
use settlement::ledger;
use settlement::totals::Totals;

use crate::books::StatementPhase;
use crate::books::row::{Carried, Changed, Entry, Item, OpenedStatement, Place, Row};
use crate::checkpoint;

/// The rows of one commit.
pub(in crate::books) fn of_statement(seq: Seq, events: Vec<Event>) -> Vec<Row> {
    let position = checkpoint::position(seq);
    let places = (0..).map(|ordinal| Place { position, ordinal });
    places.zip(events).flat_map(|(place, event)| of_event(place, event)).collect()
}

fn of_event(place: Place, event: Event) -> Vec<Row> {
    let changed = |statement| Changed::at(statement, place.position);
    match event {
        Event::Opened(event) => vec![opened(place, event)],
        Event::ItemsAccrued(event) | Event::ItemsAdjusted(event) => items(place, event),
        Event::CarriedIn(event) => carried_in(place, &event),
        Event::Closed(event) => vec![closed(changed(event.statement), event)],
        Event::Confirmed(event) => vec![row(Changed {
            phase: Some(StatementPhase::Confirmed),
            confirmed_at: Some(event.at),
            ..changed(event.statement)
        })],
        Event::PayoutRequested(event) => payout_requested(place, changed(event.statement), &event),
        Event::Paid(event) => paid(place, changed(event.statement), event),
        Event::PayoutFailed(event) => payout_failed(place, changed(event.statement), &event),
        Event::CarriedOver(event) => vec![carried_over(changed(event.statement), &event)],
    }
}

fn row(changed: Changed) -> Row {
    Row::Changed(Box::new(changed))
}

fn opened(place: Place, event: settlement::event::Opened) -> Row {
    Row::Opened(OpenedStatement {
        statement: event.statement,
        merchant: event.merchant,
        mall: event.mall,
        currency: event.currency,
        period_from: event.period.from(),
        period_until: event.period.until(),
        phase: StatementPhase::Open,
        opened_at: event.at,
        position: place.position,
    })
}

fn items(place: Place, event: ItemsAdded) -> Vec<Row> {
    let statement = event.statement;
    let totals = Totals::of(&event.items);
    let changed = row(Changed { totals, ..Changed::at(statement, place.position) });
    let entry = entry(place, statement, &event.entry, event.at);
    let Place { position, ordinal: entry_ordinal } = place;
    let items = (0..).zip(event.items).map(|(ordinal, written)| {
        Row::Item(Box::new(Item { statement, position, entry: entry_ordinal, ordinal, written }))
    });
    [changed, entry].into_iter().chain(items).collect()
}

fn carried_in(place: Place, event: &CarriedIn) -> Vec<Row> {
    let CarriedIn { statement, from, amount, .. } = *event;
    let changed = Changed { carried_in: amount, ..Changed::at(statement, place.position) };
    vec![row(changed), Row::Carried(Carried { statement, former: from, amount, position: place.position })]
}

fn closed(changed: Changed, event: Closed) -> Row {
    let phase = Some(StatementPhase::Closed);
    row(Changed { phase, sha256: Some(event.sha256), closed_at: Some(event.at), ..changed })
}

fn payout_requested(place: Place, changed: Changed, event: &PayoutRequested) -> Vec<Row> {
    let changed = Changed {
        phase: Some(StatementPhase::PayoutRequested),
        payout: Some(event.payout),
        payout_attempt: Some(event.attempt),
        payout_requested_at: Some(event.at),
        ..changed
    };
    vec![row(changed), entry(place, event.statement, &event.entry, event.at)]
}

fn paid(place: Place, changed: Changed, event: Paid) -> Vec<Row> {
    let changed = Changed {
        phase: Some(StatementPhase::Paid),
        bank_reference: Some(event.bank_reference),
        paid_at: Some(event.at),
        ..changed
    };
    vec![row(changed), entry(place, event.statement, &event.entry, event.at)]
}

fn payout_failed(place: Place, changed: Changed, event: &PayoutFailed) -> Vec<Row> {
    let changed = Changed {
        phase: Some(StatementPhase::PayoutFailed),
        payout_failure: Some(event.reason),
        payout_failed_at: Some(event.at),
        ..changed
    };
    vec![row(changed), entry(place, event.statement, &event.entry, event.at)]
}

fn carried_over(changed: Changed, event: &CarriedOver) -> Row {
    row(Changed {
        phase: Some(StatementPhase::CarriedOver),
        carry_reason: Some(event.reason),
        carried_over_at: Some(event.at),
        ..changed
    })
}

/// The entry as the event says it. Its mall is the statement's: not every event names it.
fn entry(place: Place, statement: StatementId, entry: &ledger::Entry, at: Timestamp) -> Row {
    Row::Entry(Entry {
        position: place.position,
        ordinal: place.ordinal,
        kind: entry.kind(),
        cites: entry.cites(),
        currency: entry.currency(),
        mall: None,
        statement: Some(statement),
        payment: None,
        at,
        lines: entry.lines().to_vec(),
    })
}
