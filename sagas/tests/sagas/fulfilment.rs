//! Fulfilment: the order follows its shipments, and the stock follows the order.

use kernel::Text;
use order::command::{CloseClaim, CompleteClaim, Lose};
use order::value::{ClaimKind, ClaimOutcome};
use sagas::fulfilment::Fulfilment;
use sagas::{Command, Effect, Errand, NoTimer};
use shipping::shipment::{self, CancelReason, Purpose, ScanStatus};

use crate::gift;
use crate::given::{Told, check, minute, story, told};
use crate::market::{
    self, CLAIM, ORDER, SKU_A, SKU_B, committed, order_story, request_shipment, shipment_id, shipment_story,
    to_order,
};

type Words = Vec<Told<NoTimer>>;

const LINES: [(u16, u32); 3] = [(1, 2), (2, 1), (3, 1)];

/// What the order says after it is paid, as words.
fn paid_and(commands: Vec<(i64, order::Command)>) -> Words {
    told(&order_story(std::iter::once((1, market::mark_paid(minute(1)))).chain(commands)))
}

fn paid() -> Words {
    paid_and(Vec::new())
}

/// Paid, and the shipment's words up to the n-th.
fn with_shipment(count: usize) -> Words {
    [paid(), told(&shipment_story(1, Purpose::Outbound, &LINES)[..count])].concat()
}

fn and(words: Words, more: impl IntoIterator<Item = Told<NoTimer>>) -> Words {
    words.into_iter().chain(more).collect()
}

/// The order's last word.
fn order_says(commands: Vec<(i64, order::Command)>) -> Told<NoTimer> {
    paid_and(commands).pop().unwrap()
}

fn commits(at: i64) -> Vec<Effect<NoTimer>> {
    [committed(SKU_A, 3, minute(at)), committed(SKU_B, 1, minute(at))].map(Effect::apart).to_vec()
}

/// The claim on a line that held pieces, closed or completed at minute 6.
fn claim_over(end: order::Command) -> Told<NoTimer> {
    order_says(vec![(2, market::open_claim(ClaimKind::Cancel, &[(1, 1)], minute(2))), (6, end)])
}

fn claim_closed() -> Told<NoTimer> {
    claim_over(order::Command::CloseClaim(CloseClaim {
        claim: CLAIM,
        outcome: ClaimOutcome::Refused,
        at: minute(6),
    }))
}

#[test]
fn a_gift_is_sent_once_it_is_accepted_and_not_before() {
    let words: Words = gift::paid_and_accepted();
    check::<Fulfilment>(words[..2].to_vec(), &[]);
    let request = Errand::RequestShipments { order: ORDER, replanned_for: None, at: minute(5) };
    check::<Fulfilment>(words, &[Effect::issue(request)]);
}

#[test]
fn a_paid_order_asks_for_its_shipments() {
    let request = Errand::RequestShipments { order: ORDER, replanned_for: None, at: minute(1) };
    check::<Fulfilment>(paid(), &[Effect::issue(request)]);
}

#[test]
fn an_accepted_shipment_is_prepared() {
    check::<Fulfilment>(with_shipment(2), &[to_order(market::prepare(1, &LINES, minute(3)))]);
}

#[test]
fn a_dispatched_shipment_is_shipped() {
    check::<Fulfilment>(with_shipment(3), &[to_order(market::ship(1, &LINES, minute(4)))]);
}

#[test]
fn a_shipment_dispatched_at_once_is_prepared_and_shipped() {
    let story = shipment_story(1, Purpose::Outbound, &LINES);
    let mut both = story[1].clone();
    both.events.extend(story[2].events.iter().cloned());
    let expected = [market::prepare(1, &LINES, minute(3)), market::ship(1, &LINES, minute(3))].map(to_order);
    check::<Fulfilment>(and(paid(), [Told::Commit(Box::new(both))]), &expected);
}

#[test]
fn a_delivered_shipment_is_delivered() {
    check::<Fulfilment>(with_shipment(4), &[to_order(market::deliver(1, &LINES, minute(5)))]);
}

#[test]
fn shipped_lines_leave_the_stock() {
    let shipped = order_says(vec![(4, market::ship(1, &LINES, minute(4)))]);
    check::<Fulfilment>(and(with_shipment(3), [shipped]), &commits(4));
}

#[test]
fn prepared_lines_stay_in_stock() {
    let prepared = order_says(vec![(3, market::prepare(1, &LINES, minute(3)))]);
    check::<Fulfilment>(and(with_shipment(2), [prepared]), &[]);
}

#[test]
fn lines_leave_the_stock_once() {
    let commands = vec![(4, market::ship(1, &LINES, minute(4))), (5, market::deliver(1, &LINES, minute(5)))];
    check::<Fulfilment>(paid_and(commands), &[]);
}

#[test]
fn lines_delivered_that_were_not_seen_leaving_leave_the_stock() {
    check::<Fulfilment>(paid_and(vec![(5, market::deliver(1, &LINES, minute(5)))]), &commits(5));
}

#[test]
fn what_a_claim_held_is_said_again_when_it_is_over() {
    let claimed = Told::Refused("order.ship", "claimed");
    let words = and(with_shipment(3), [claimed, claim_closed()]);
    let prepare =
        Effect::apart(Command::Order { order: ORDER, command: market::prepare(1, &LINES, minute(6)) });
    let expected = [prepare, to_order(market::ship(1, &LINES, minute(6)))];
    check::<Fulfilment>(words.clone(), &expected);

    let completed = claim_over(order::Command::CompleteClaim(CompleteClaim { claim: CLAIM, at: minute(6) }));
    check::<Fulfilment>(and(words[..words.len() - 1].to_vec(), [completed]), &expected);
}

#[test]
fn what_the_order_knows_is_not_said_again() {
    let prepared = order_says(vec![(3, market::prepare(1, &LINES, minute(3)))]);
    let claimed = Told::Refused("order.ship", "claimed");
    let words = and(
        with_shipment(2),
        [prepared, Told::Commit(Box::new(shipment_story(1, Purpose::Outbound, &LINES).remove(2)))],
    );
    let again = Effect::apart(Command::Order { order: ORDER, command: market::ship(1, &LINES, minute(6)) });
    check::<Fulfilment>(and(words.clone(), [claimed.clone(), claim_closed()]), &[again]);

    let shipped = order_says(vec![(4, market::ship(1, &LINES, minute(4)))]);
    check::<Fulfilment>(and(words, [claimed, shipped, claim_closed()]), &[]);
}

#[test]
fn a_claim_that_held_nothing_changes_nothing() {
    check::<Fulfilment>(and(with_shipment(3), [claim_closed()]), &[]);
    let refused = Told::Refused("order.ship", "not_paid");
    check::<Fulfilment>(and(with_shipment(3), [refused, claim_closed()]), &[]);
}

#[test]
fn a_shipment_that_was_called_off_is_not_said_again() {
    let cancel = shipment::Cancel { reason: CancelReason::OrderCancelled, at: minute(5) };
    let commands =
        [(2, request_shipment(1, Purpose::Outbound, &LINES)), (5, shipment::Command::Cancel(cancel))];
    let called_off = Told::Commit(Box::new(story::<shipment::Shipment>(&shipment_id(1), commands).remove(1)));
    let claimed = Told::Refused("order.prepare", "claimed");
    check::<Fulfilment>(and(with_shipment(2), [claimed, called_off, claim_closed()]), &[]);
}

#[test]
fn a_pickup_is_not_its_business() {
    let pickup = shipment_story(1, Purpose::ReturnPickup { claim: CLAIM }, &LINES);
    check::<Fulfilment>([paid(), told(&pickup)].concat(), &[]);
}

/// A parcel that was lost, or came back, and the order's word that it had left before.
fn gone(status: ScanStatus) -> Words {
    let scan =
        shipment::Track { scan: Text::new("2").unwrap(), status, occurred_at: minute(6), at: minute(6) };
    let dispatch = shipment::Dispatch {
        carrier: Text::new("post").unwrap(),
        tracking_number: Text::new("1").unwrap(),
        at: minute(4),
    };
    let commands = [
        (2, request_shipment(1, Purpose::Outbound, &LINES)),
        (4, shipment::Command::Dispatch(dispatch)),
        (6, shipment::Command::Track(scan)),
    ];
    let told_of = told(&story::<shipment::Shipment>(&shipment_id(1), commands));
    let shipped = order_says(vec![(4, market::ship(1, &LINES, minute(4)))]);
    let mut words = [paid(), told_of].concat();
    let gone = words.pop();
    words.into_iter().chain([shipped]).chain(gone).collect()
}

#[test]
fn a_parcel_that_is_lost_or_came_back_is_with_the_merchant_again() {
    for status in [ScanStatus::Lost, ScanStatus::ReturnedToSender] {
        let lose = Lose { shipment: shipment_id(1), lines: market::of(&LINES), at: minute(6) };
        check::<Fulfilment>(gone(status), &[to_order(order::Command::Lose(lose))]);
    }
}

/// Every word there is, in one unlikely life.
pub(crate) fn every_word() -> Words {
    let cancel = shipment::Cancel { reason: CancelReason::OrderCancelled, at: minute(7) };
    let commands =
        [(2, request_shipment(1, Purpose::Outbound, &LINES)), (7, shipment::Command::Cancel(cancel))];
    let called_off = Told::Commit(Box::new(story::<shipment::Shipment>(&shipment_id(1), commands).remove(1)));
    let prepared = order_says(vec![(3, market::prepare(1, &LINES, minute(3)))]);
    let shipped = order_says(vec![(4, market::ship(1, &LINES, minute(4)))]);
    let delivered = order_says(vec![(5, market::deliver(1, &LINES, minute(5)))]);
    let refused = Told::Refused("order.deliver", "claimed");
    let words = and(with_shipment(4), [prepared, refused, claim_closed(), shipped, delivered, called_off]);
    and(words, gone(ScanStatus::Lost).pop())
}
