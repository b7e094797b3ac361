//! Claim, cancels: shipments stopped first, then the money, then the stock. And what both kinds share.

use claim::command::{
    Approve, RecordRefund, RecordRefundFailure, Reject, Request, RequestCancel, StartRefund, Withdraw,
};
use claim::value::{ClaimLine, GroupFacts, Party, Reason, Refusal};
use eventstore::Recorded;
use kernel::id::RefundId;
use kernel::{Amount, Currency};
use order::command::{CloseClaim, CompleteClaim};
use order::value::ClaimOutcome;
use sagas::claim::{Claim, Timer};
use sagas::{Command, Effect, Errand, Saga};
use uuid::Uuid;

use crate::given::{DAY, Told, check, minute, story, told};
use crate::market::{
    CLAIM, MEMBER, MERCHANT, ORDER, PAYMENT, SKU_A, mall, pieces, price, released, to_order,
};
use crate::money::{REFUND, refund_failed, refunded, refunding};

pub(crate) type Words = Vec<Told<Timer>>;

/// Two pieces of line 1 for 2,000, the shopper's doing.
pub(crate) fn request() -> Request {
    let line = ClaimLine {
        line: 1,
        group: 1,
        sku: SKU_A,
        merchant: MERCHANT,
        quantity: pieces(2),
        ordered: 2,
        first_piece: 0,
        paid: Amount::from_minor(2_000),
        shipping: Amount::ZERO,
    };
    let group = GroupFacts {
        group: 1,
        merchant: MERCHANT,
        fee: Amount::from_minor(2_500),
        owed: Amount::ZERO,
        free_over: None,
        goods_before: Amount::from_minor(4_000),
        goods_claimed: Amount::from_minor(2_000),
        ends: false,
        return_fee: price(1_000),
    };
    Request {
        claim: CLAIM,
        order: ORDER,
        payment: PAYMENT,
        mall: mall(),
        currency: Currency::Krw,
        member: MEMBER,
        requested_by: Party::Shopper,
        reason: Reason::ChangedMind,
        lines: vec![line],
        groups: vec![group],
        at: minute(0),
    }
}

/// What a cancel says, requested at minute 0, with a merchant to ask or not.
fn cancel_story(accepted: bool, commands: Vec<(i64, claim::Command)>) -> Vec<Recorded> {
    let request_cancel = RequestCancel { request: request(), accepted, lost: false };
    let request = claim::Command::RequestCancel(request_cancel);
    story::<claim::Claim>(&CLAIM, std::iter::once((0, request)).chain(commands.into_iter().map(by_facts)))
}

/// A refund starts by the order's facts, which a saga doesn't know.
pub(crate) fn by_facts((at, command): (i64, claim::Command)) -> (i64, claim::Command) {
    let claim::Command::StartRefund(start) = command else { return (at, command) };
    (at, claim::Command::StartRefund(StartRefund { groups: request().groups, ..start }))
}

pub(crate) fn start_refund(refund: RefundId, at: i64) -> claim::Command {
    claim::Command::StartRefund(StartRefund { refund, groups: Vec::new(), at: minute(at) })
}

pub(crate) fn nth_refund(nth: u32) -> RefundId {
    RefundId(Uuid::new_v5(&CLAIM.0, format!("refund/{nth}").as_bytes()))
}

pub(crate) fn to_claim(command: claim::Command) -> Effect<Timer> {
    Effect::issue(Command::Claim { claim: CLAIM, command })
}

pub(crate) fn and(words: Words, more: impl IntoIterator<Item = Told<Timer>>) -> Words {
    words.into_iter().chain(more).collect()
}

fn approve(at: i64) -> claim::Command {
    claim::Command::Approve(Approve { by: Party::System, at: minute(at) })
}

fn stopped_then_refunded(at: i64) -> [Effect<Timer>; 2] {
    let stop = Effect::issue(Errand::StopShipments { claim: CLAIM, at: minute(at) });
    [stop, to_claim(start_refund(nth_refund(1), at))]
}

/// Requested, approved and on its way to be paid back.
fn refunding_cancel() -> Words {
    told(&cancel_story(false, vec![(4, start_refund(REFUND, 4))]))
}

/// The payment's last word on the claim's refund.
fn payment_says(outcome: payment::Command) -> Told<Timer> {
    Told::Commit(Box::new(refunding(outcome).pop().unwrap()))
}

const NO_TIMER: Effect<Timer> = Effect::CancelTimer { timer: Timer::AutoApprove };

pub(crate) fn closed(outcome: ClaimOutcome, at: i64) -> Effect<Timer> {
    to_order(order::Command::CloseClaim(CloseClaim { claim: CLAIM, outcome, at: minute(at) }))
}

/// What no shipment has is planned anew.
fn what_is_left(at: i64) -> Effect<Timer> {
    Effect::issue(Errand::RequestShipments { order: ORDER, replanned_for: Some(CLAIM), at: minute(at) })
}

#[test]
fn a_cancel_that_nobody_has_to_approve_stops_the_shipments_and_then_refunds() {
    check::<Claim>(told(&cancel_story(false, vec![])), &stopped_then_refunded(0));
}

#[test]
fn a_cancel_of_an_accepted_shipment_waits_for_the_merchant() {
    let timer = Effect::StartTimer { timer: Timer::AutoApprove, at: minute(3 * DAY) };
    check::<Claim>(told(&cancel_story(true, vec![])), &[timer]);
}

#[test]
fn a_silent_merchant_approves() {
    let words = and(told(&cancel_story(true, vec![])), [Told::Fires(Timer::AutoApprove)]);
    check::<Claim>(words, &[to_claim(approve(3 * DAY))]);
}

#[test]
fn an_approved_cancel_goes_on() {
    let [stop, refund] = stopped_then_refunded(5);
    check::<Claim>(told(&cancel_story(true, vec![(5, approve(5))])), &[NO_TIMER, stop, refund]);
}

#[test]
fn a_cancel_that_crossed_a_dispatch_is_rejected() {
    let refused = Told::Refused("stop_shipments", "already_dispatched");
    let reject = Reject { refusal: Refusal::AlreadyDispatched, by: Party::System, at: minute(0) };
    let words = and(told(&cancel_story(false, vec![])), [refused]);
    check::<Claim>(words, &[to_claim(claim::Command::Reject(reject))]);
}

#[test]
fn another_refusal_of_the_stop_is_left_to_a_person() {
    assert!(!Claim::expects("stop_shipments", "claim_not_found"));
}

#[test]
fn a_started_refund_is_put_to_the_payment() {
    let refund = payment::StartRefund {
        refund: REFUND,
        amount: Amount::from_minor(2_000),
        reason_claim: Some(CLAIM),
        stray: None,
        key: REFUND.to_string(),
        at: minute(4),
    };
    let command = payment::Command::StartRefund(refund);
    let expected = Effect::issue(Command::Payment { payment: PAYMENT, command });
    check::<Claim>(refunding_cancel(), &[expected]);
}

#[test]
fn money_that_is_back_is_recorded() {
    let record = RecordRefund { refund: REFUND, at: minute(6) };
    let words = and(refunding_cancel(), [payment_says(refunded())]);
    check::<Claim>(words, &[to_claim(claim::Command::RecordRefund(record))]);
}

#[test]
fn money_that_is_not_back_is_recorded_too() {
    let failure = |at| {
        let record = RecordRefundFailure { refund: REFUND, at: minute(at) };
        to_claim(claim::Command::RecordRefundFailure(record))
    };
    check::<Claim>(and(refunding_cancel(), [payment_says(refund_failed())]), &[failure(6)]);
    let refused = Told::Refused("payment.start_refund", "refund_too_large");
    check::<Claim>(and(refunding_cancel(), [refused]), &[failure(4)]);
}

#[test]
fn no_name_of_a_refund_that_failed_is_used_again() {
    let failure =
        claim::Command::RecordRefundFailure(RecordRefundFailure { refund: nth_refund(1), at: minute(5) });
    let failed = cancel_story(false, vec![(4, start_refund(nth_refund(1), 4)), (5, failure)]);
    let refused = Told::Refused("payment.start_refund", "refund_too_large");
    let [said, started, recorded] = told(&failed).try_into().unwrap();
    let approved_anew = told(&cancel_story(true, vec![(6, approve(6))])).pop().unwrap();
    let [stop, _] = stopped_then_refunded(6);
    let words = vec![said, started, refused, recorded, approved_anew];
    check::<Claim>(words, &[stop, to_claim(start_refund(nth_refund(2), 6))]);
}

#[test]
fn a_completed_cancel_completes_the_order_frees_the_stock_and_sends_what_is_left() {
    let record = claim::Command::RecordRefund(RecordRefund { refund: REFUND, at: minute(7) });
    let words = told(&cancel_story(false, vec![(4, start_refund(REFUND, 4)), (7, record)]));
    let rest = Errand::RequestShipments { order: ORDER, replanned_for: Some(CLAIM), at: minute(7) };
    let complete = CompleteClaim { claim: CLAIM, at: minute(7) };
    let expected = [
        to_order(order::Command::CompleteClaim(complete)),
        Effect::apart(released(SKU_A, 2, minute(7))),
        Effect::apart(rest),
    ];
    check::<Claim>(words, &expected);
}

#[test]
fn a_rejected_cancel_gives_its_pieces_back_to_be_sent() {
    let reject = Reject { refusal: Refusal::Unfounded, by: Party::Merchant, at: minute(5) };
    let words = told(&cancel_story(true, vec![(5, claim::Command::Reject(reject))]));
    check::<Claim>(words, &[NO_TIMER, closed(ClaimOutcome::Refused, 5), what_is_left(5)]);
}

#[test]
fn a_withdrawn_cancel_gives_its_pieces_back_to_be_sent() {
    let withdraw = Withdraw { by: Party::Shopper, at: minute(5) };
    let words = told(&cancel_story(true, vec![(5, claim::Command::Withdraw(withdraw))]));
    check::<Claim>(words, &[NO_TIMER, closed(ClaimOutcome::Withdrawn, 5), what_is_left(5)]);
}

/// Every word of a cancel, in one unlikely life.
pub(crate) fn every_word() -> Words {
    let withdraw = Withdraw { by: Party::Shopper, at: minute(8) };
    let withdrawn = told(&cancel_story(true, vec![(8, claim::Command::Withdraw(withdraw))])).pop();
    let record = claim::Command::RecordRefund(RecordRefund { refund: REFUND, at: minute(7) });
    let commands = vec![(5, approve(5)), (5, start_refund(REFUND, 5)), (7, record)];
    let mut words = told(&cancel_story(true, commands));
    let completed = words.pop();
    let refused = Told::Refused("stop_shipments", "already_dispatched");
    let more = [refused, payment_says(refund_failed()), payment_says(refunded())];
    and(words, more.into_iter().chain(completed).chain(withdrawn))
}
