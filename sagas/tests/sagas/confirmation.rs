//! Confirmation: some days after delivery, never sooner, unless it is held or claimed.

use order::command::{CloseClaim, Confirm, HoldConfirmation, ReleaseHold};
use order::value::{ClaimKind, ClaimOutcome, ConfirmedBy};
use sagas::Effect;
use sagas::confirmation::{Confirmation, Timer};

use crate::given::{DAY, Told, check, minute, told};
use crate::market::{self, CLAIM, of, order_story, shipment_id, to_order};

type Words = Vec<Told<Timer>>;

fn confirm_timer(shipment: u128) -> Timer {
    Timer::Confirm { shipment: shipment_id(shipment) }
}

/// What the order says after it is paid and line 1 came with shipment 1.
fn delivered_and(commands: Vec<(i64, order::Command)>) -> Words {
    let first = [(1, market::mark_paid(minute(1))), (5, market::deliver(1, &[(1, 2)], minute(5)))];
    told(&order_story(first.into_iter().chain(commands)))
}

/// Both shipments came, the other one a day later.
fn both() -> Words {
    delivered_and(vec![(5 + DAY, market::deliver(2, &[(2, 1), (3, 1)], minute(5 + DAY)))])
}

fn and(words: Words, more: impl IntoIterator<Item = Told<Timer>>) -> Words {
    words.into_iter().chain(more).collect()
}

fn order_says(commands: Vec<(i64, order::Command)>) -> Told<Timer> {
    delivered_and(commands).pop().unwrap()
}

fn held(until: Option<i64>) -> (i64, order::Command) {
    let hold = HoldConfirmation { until: until.map(minute), at: minute(6) };
    (6, order::Command::HoldConfirmation(hold))
}

fn released() -> Told<Timer> {
    let release = order::Command::ReleaseHold(ReleaseHold { at: minute(9 * DAY) });
    order_says(vec![held(None), (9 * DAY, release)])
}

fn claim_closed() -> Told<Timer> {
    let close = CloseClaim { claim: CLAIM, outcome: ClaimOutcome::Withdrawn, at: minute(9 * DAY) };
    let open = market::open_claim(ClaimKind::Return, &[(1, 1)], minute(6));
    order_says(vec![(6, open), (9 * DAY, order::Command::CloseClaim(close))])
}

fn confirm(lines: Option<&[(u16, u32)]>, at: i64) -> Effect<Timer> {
    let confirm = Confirm { lines: lines.map(of), by: ConfirmedBy::System, at: minute(at) };
    to_order(order::Command::Confirm(confirm))
}

fn again(at: i64) -> Effect<Timer> {
    Effect::StartTimer { timer: Timer::Again, at: minute(at) }
}

const NO_AGAIN: Effect<Timer> = Effect::CancelTimer { timer: Timer::Again };
const HELD: Told<Timer> = Told::Refused("order.confirm", "confirmation_held");

fn fires(shipment: u128) -> Told<Timer> {
    Told::Fires(confirm_timer(shipment))
}

#[test]
fn a_delivery_is_confirmed_some_days_later() {
    let due = Effect::StartTimer { timer: confirm_timer(1), at: minute(5 + 7 * DAY) };
    check::<Confirmation>(delivered_and(vec![]), &[due]);
    check::<Confirmation>(and(delivered_and(vec![]), [fires(1)]), &[confirm(None, 5 + 7 * DAY)]);
}

#[test]
fn each_delivery_has_its_own_days() {
    let due = Effect::StartTimer { timer: confirm_timer(2), at: minute(5 + 8 * DAY) };
    check::<Confirmation>(both(), &[due]);
}

#[test]
fn the_first_of_two_deliveries_confirms_its_own_pieces_only() {
    check::<Confirmation>(and(both(), [fires(1)]), &[confirm(Some(&[(1, 2)]), 5 + 7 * DAY)]);
}

#[test]
fn the_last_delivery_confirms_all_that_is_left() {
    check::<Confirmation>(and(both(), [fires(1), fires(2)]), &[confirm(None, 5 + 8 * DAY)]);
}

#[test]
fn a_held_order_is_tried_again_when_the_hold_ends() {
    let words = and(delivered_and(vec![held(Some(20 * DAY))]), [fires(1), HELD]);
    check::<Confirmation>(words.clone(), &[again(20 * DAY)]);
    check::<Confirmation>(and(words, [Told::Fires(Timer::Again)]), &[confirm(None, 20 * DAY)]);
}

#[test]
fn a_hold_heard_of_after_its_refusal_counts_too() {
    let words = and(delivered_and(vec![]), [fires(1), HELD]);
    check::<Confirmation>(words.clone(), &[]);
    check::<Confirmation>(and(words, [order_says(vec![held(Some(20 * DAY))])]), &[again(20 * DAY)]);
}

#[test]
fn a_hold_before_any_day_is_over_changes_nothing() {
    check::<Confirmation>(delivered_and(vec![held(Some(20 * DAY))]), &[]);
}

#[test]
fn an_open_hold_waits_for_its_release() {
    let words = and(delivered_and(vec![held(None)]), [fires(1), HELD]);
    check::<Confirmation>(words.clone(), &[]);
    check::<Confirmation>(and(words, [released()]), &[NO_AGAIN, confirm(None, 9 * DAY)]);
}

#[test]
fn a_hold_that_loses_its_end_is_not_tried_again() {
    let words = and(delivered_and(vec![held(Some(20 * DAY))]), [fires(1), HELD]);
    check::<Confirmation>(and(words, [order_says(vec![held(None)])]), &[NO_AGAIN]);
}

#[test]
fn a_release_before_any_day_is_over_changes_nothing() {
    check::<Confirmation>(and(delivered_and(vec![]), [released()]), &[]);
}

#[test]
fn what_a_claim_gives_back_after_its_days_is_confirmed_at_once() {
    let words = and(delivered_and(vec![]), [fires(1), claim_closed()]);
    check::<Confirmation>(words, &[confirm(None, 9 * DAY)]);
}

#[test]
fn what_a_claim_gives_back_before_its_days_waits() {
    check::<Confirmation>(and(delivered_and(vec![]), [claim_closed()]), &[]);
    check::<Confirmation>(and(both(), [fires(1), claim_closed()]), &[]);
}

#[test]
fn another_refusal_is_left_alone() {
    let refused = Told::Refused("order.confirm", "claimed");
    check::<Confirmation>(and(delivered_and(vec![]), [fires(1), refused]), &[]);
}

/// Every word there is, in one unlikely life.
pub(crate) fn every_word() -> Words {
    let held = order_says(vec![held(Some(20 * DAY))]);
    and(both(), [held, fires(1), HELD, Told::Fires(Timer::Again), released(), fires(2), claim_closed()])
}
