//! Claim, returns: accepted, picked up, inspected, refunded, or not.

use claim::command::{
    Accept, Collect, Hold, Inspect, RecordPickupDispatch, RecordRefund, Reject, RequestPickup, RequestReturn,
    Resume, Withdraw,
};
use claim::value::{HoldReason, InspectedLine, Inspection, InspectionFailure, Party, Refusal};
use eventstore::Recorded;
use kernel::Timestamp;
use order::command::CompleteClaim;
use order::value::ClaimOutcome;
use product::stock;
use product::stock::value::Condition;
use sagas::claim::{Claim, Timer};
use sagas::{Command, Effect, Errand};
use shipping::shipment::{self, CancelReason, Purpose};

use crate::claim_cancel::{Words, and, closed, nth_refund, request, start_refund, to_claim};
use crate::given::{DAY, Told, check, minute, story, told};
use crate::market::{CLAIM, SKU_A, pieces, shipment_id, shipment_story, to_order};
use crate::money::REFUND;

/// What a return says, requested at minute 0.
fn return_story(commands: Vec<(i64, claim::Command)>) -> Vec<Recorded> {
    let request = claim::Command::RequestReturn(RequestReturn { request: request() });
    story::<claim::Claim>(&CLAIM, std::iter::once((0, request)).chain(commands))
}

fn accept(by: Party, at: i64) -> claim::Command {
    claim::Command::Accept(Accept { by, at: minute(at) })
}

fn pickup(at: i64) -> claim::Command {
    claim::Command::RequestPickup(RequestPickup { shipment: shipment_id(9), at: minute(at) })
}

fn collect(at: i64) -> claim::Command {
    claim::Command::Collect(Collect { at: minute(at) })
}

fn inspect(result: Inspection, at: i64) -> claim::Command {
    claim::Command::Inspect(Inspect { result, at: minute(at) })
}

fn pass(resellable: u32, damaged: u32) -> Inspection {
    Inspection::Pass { lines: vec![InspectedLine { line: 1, resellable, damaged }] }
}

fn hold(at: i64) -> claim::Command {
    let (reason, due) = (HoldReason::Disputed, minute(at + DAY));
    claim::Command::Hold(Hold { reason, due, at: minute(at) })
}

fn resume(at: i64) -> claim::Command {
    claim::Command::Resume(Resume { at: minute(at) })
}

/// Accepted and to be picked up by shipment 9.
fn picked_up() -> Vec<(i64, claim::Command)> {
    vec![(1, accept(Party::Merchant, 1)), (2, pickup(2))]
}

fn collected() -> Vec<(i64, claim::Command)> {
    [picked_up(), vec![(5, collect(5))]].concat()
}

fn with(commands: Vec<(i64, claim::Command)>, more: Vec<(i64, claim::Command)>) -> Words {
    told(&return_story([commands, more].concat()))
}

const NO_TIMER: Effect<Timer> = Effect::CancelTimer { timer: Timer::AutoAccept };

fn fetch(at: i64) -> Effect<Timer> {
    Effect::issue(Errand::RequestPickup { claim: CLAIM, at: minute(at) })
}

fn back(count: u32, condition: Condition, at: Timestamp) -> Effect<Timer> {
    let restock = stock::command::Restock { claim: CLAIM, quantity: pieces(count), condition, at };
    Effect::apart(Command::Stock { sku: SKU_A, command: stock::Command::Restock(restock) })
}

fn no_pickup(at: i64) -> Effect<Timer> {
    let cancel = shipment::Cancel { reason: CancelReason::ClaimEnded, at: minute(at) };
    let command = shipment::Command::Cancel(cancel);
    Effect::apart(Command::Shipment { shipment: shipment_id(9), command })
}

#[test]
fn a_return_waits_for_the_merchant() {
    let timer = Effect::StartTimer { timer: Timer::AutoAccept, at: minute(3 * DAY) };
    check::<Claim>(with(vec![], vec![]), &[timer]);
}

#[test]
fn a_silent_merchant_accepts() {
    let words = and(with(vec![], vec![]), [Told::Fires(Timer::AutoAccept)]);
    check::<Claim>(words, &[to_claim(accept(Party::System, 3 * DAY))]);
}

#[test]
fn an_accepted_return_is_fetched() {
    check::<Claim>(with(vec![(1, accept(Party::Merchant, 1))], vec![]), &[NO_TIMER, fetch(1)]);
}

#[test]
fn a_requested_pickup_is_waited_for() {
    check::<Claim>(with(picked_up(), vec![]), &[]);
}

#[test]
fn a_pickup_that_left_is_on_its_way() {
    let mut left = shipment_story(9, Purpose::ReturnPickup { claim: CLAIM }, &[(1, 2)]);
    left.pop();
    let record = RecordPickupDispatch { shipment: shipment_id(9), at: minute(4) };
    let record = to_claim(claim::Command::RecordPickupDispatch(record));
    check::<Claim>([with(picked_up(), vec![]), told(&left)].concat(), &[record]);
}

#[test]
fn a_pickup_that_arrived_is_collected() {
    let arrived = shipment_story(9, Purpose::ReturnPickup { claim: CLAIM }, &[(1, 2)]);
    check::<Claim>([with(picked_up(), vec![]), told(&arrived)].concat(), &[to_claim(collect(5))]);
}

#[test]
fn an_outbound_delivery_is_not_its_business() {
    let arrived = shipment_story(9, Purpose::Outbound, &[(1, 2)]);
    check::<Claim>([with(picked_up(), vec![]), told(&arrived)].concat(), &[]);
}

#[test]
fn a_passed_return_is_refunded_and_restocked_by_condition() {
    let expected = [
        to_claim(start_refund(nth_refund(1), 6)),
        back(1, Condition::Resellable, minute(6)),
        back(1, Condition::Damaged, minute(6)),
    ];
    check::<Claim>(with(collected(), vec![(6, inspect(pass(1, 1), 6))]), &expected);

    let whole = [to_claim(start_refund(nth_refund(1), 6)), back(2, Condition::Resellable, minute(6))];
    check::<Claim>(with(collected(), vec![(6, inspect(pass(2, 0), 6))]), &whole);
}

#[test]
fn a_failed_inspection_is_a_persons_decision() {
    let fail = Inspection::Fail { reason: InspectionFailure::Used };
    check::<Claim>(with(collected(), vec![(6, inspect(fail, 6))]), &[]);
}

#[test]
fn a_completed_return_completes_the_order() {
    let record = claim::Command::RecordRefund(RecordRefund { refund: REFUND, at: minute(8) });
    let words =
        with(collected(), vec![(6, inspect(pass(2, 0), 6)), (7, start_refund(REFUND, 7)), (8, record)]);
    let complete = CompleteClaim { claim: CLAIM, at: minute(8) };
    check::<Claim>(words, &[to_order(order::Command::CompleteClaim(complete))]);
}

#[test]
fn a_rejected_return_gives_its_pieces_back_and_calls_the_pickup_off() {
    let reject = |refusal, at| {
        let reject = Reject { refusal, by: Party::Operator, at: minute(at) };
        (at, claim::Command::Reject(reject))
    };
    let refused = closed(ClaimOutcome::Refused, 5);
    check::<Claim>(with(vec![], vec![reject(Refusal::PeriodOver, 5)]), &[NO_TIMER, refused]);
    let (due, late) = (3 + DAY, 4 + DAY);
    let hold = Hold { reason: HoldReason::NotSentBack, due: minute(due), at: minute(3) };
    let never_came = vec![(3, claim::Command::Hold(hold)), reject(Refusal::NotSentBack, late)];
    let refused = closed(ClaimOutcome::Refused, late);
    check::<Claim>(with(picked_up(), never_came), &[NO_TIMER, refused, no_pickup(late)]);
}

#[test]
fn a_pickup_that_arrived_is_not_called_off() {
    let fail = Inspection::Fail { reason: InspectionFailure::Used };
    let reject = Reject { refusal: Refusal::InspectionFailed, by: Party::Merchant, at: minute(8) };
    let words = with(collected(), vec![(6, inspect(fail, 6)), (8, claim::Command::Reject(reject))]);
    let (before, after) = words.split_at(3);
    let arrived = told(&shipment_story(9, Purpose::ReturnPickup { claim: CLAIM }, &[(1, 2)]));
    let words = [before.to_vec(), arrived, after.to_vec()].concat();
    check::<Claim>(words, &[NO_TIMER, closed(ClaimOutcome::Refused, 8)]);
}

#[test]
fn a_withdrawn_return_gives_its_pieces_back_and_calls_the_pickup_off() {
    let withdraw = claim::Command::Withdraw(Withdraw { by: Party::Shopper, at: minute(4) });
    let withdrawn = closed(ClaimOutcome::Withdrawn, 4);
    check::<Claim>(with(vec![], vec![(4, withdraw.clone())]), &[NO_TIMER, withdrawn.clone()]);
    check::<Claim>(with(picked_up(), vec![(4, withdraw)]), &[NO_TIMER, withdrawn, no_pickup(4)]);
}

/// The last commit comes after the refusal.
fn refused_then_resumed(commands: Vec<(i64, claim::Command)>, refused: Told<Timer>) -> Words {
    let mut words = with(commands, vec![]);
    let resumed = words.pop().unwrap();
    and(words, [refused, resumed])
}

#[test]
fn a_refund_that_a_hold_kept_starts_when_it_ends() {
    let commands = [collected(), vec![(6, inspect(pass(2, 0), 6)), (7, hold(7)), (9, resume(9))]].concat();
    let refused = Told::Refused("claim.start_refund", "on_hold");
    let words = refused_then_resumed(commands, refused);
    check::<Claim>(words, &[to_claim(start_refund(nth_refund(1), 9))]);
}

#[test]
fn a_pickup_that_a_hold_kept_is_asked_for_when_it_ends() {
    let commands = vec![(1, accept(Party::Merchant, 1)), (2, hold(2)), (9, resume(9))];
    let words = refused_then_resumed(commands, Told::Refused("request_pickup", "on_hold"));
    check::<Claim>(words, &[fetch(9)]);
}

#[test]
fn a_silent_merchant_gets_their_time_again_after_a_hold() {
    let mut words = with(vec![(2, hold(2)), (9, resume(9))], vec![]);
    let resumed = words.pop().unwrap();
    let refused = Told::Refused("claim.accept", "on_hold");
    let words = and(words, [Told::Fires(Timer::AutoAccept), refused, resumed]);
    check::<Claim>(words, &[Effect::StartTimer { timer: Timer::AutoAccept, at: minute(9 + 3 * DAY) }]);
}

#[test]
fn a_hold_that_kept_nothing_ends_without_more() {
    check::<Claim>(with(vec![], vec![(2, hold(2)), (9, resume(9))]), &[]);
}

/// Every word of a return, in one unlikely life.
pub(crate) fn every_word() -> Words {
    let arrived = told(&shipment_story(9, Purpose::ReturnPickup { claim: CLAIM }, &[(1, 2)]));
    let inspected = [collected(), vec![(6, inspect(pass(1, 1), 6)), (7, hold(7)), (9, resume(9))]].concat();
    let mut words = with(inspected, vec![]);
    let resumed = words.pop().unwrap();
    words.insert(1, Told::Fires(Timer::AutoAccept));
    let refused = Told::Refused("claim.start_refund", "on_hold");
    and(words, arrived.into_iter().chain([refused, resumed]))
}
