//! Giving money back, tender by tender.

use payment::event::{RefundFailed, RefundStarted, Refunded};
use payment::{Command, Event, Method, Phase, RefundCause, RefundFailureReason, Rejection, StartRefund};

use crate::given::{after, given};
use crate::sample::*;

fn started(refund: u128, minor: i64, tenders: Vec<payment::TenderAmount>) -> RefundStarted {
    RefundStarted {
        head: head(),
        refund: refund_id(refund),
        claim: Some(claim_id()),
        cause: RefundCause::Asked,
        capture_reference: reference("g-1"),
        key: format!("refund-{refund}"),
        amount: won(minor),
        tenders,
        at: minute(5),
    }
}

fn done(minor: i64, tenders: Vec<payment::TenderAmount>, total_refunded: i64, fully: bool) -> Event {
    Event::Refunded(Refunded {
        head: head(),
        refund: refund_id(1),
        claim: Some(claim_id()),
        cause: RefundCause::Asked,
        capture_reference: reference("g-1"),
        gateway_reference: reference("gr-1"),
        amount: won(minor),
        tenders,
        total_refunded: won(total_refunded),
        fully,
        at: minute(6),
    })
}

#[test]
fn the_card_is_refunded_before_the_points() {
    given(captured()).when(start_refund(1, 10_000)).then(&[Event::RefundStarted(started(
        1,
        10_000,
        vec![part(CARD, Method::Card, 10_000)],
    ))]);
    let both = vec![part(CARD, Method::Card, 20_000), part(POINTS, Method::Points, 2_000)];
    given(with(captured(), [start_refund(1, 10_000)]))
        .when(start_refund(2, 22_000))
        .then(&[Event::RefundStarted(started(2, 22_000, both))]);
}

#[test]
fn the_same_refund_again_is_already_so_and_another_amount_is_refused() {
    let history = with(captured(), [start_refund(1, 10_000)]);
    given(history.clone()).when(start_refund(1, 10_000)).then_nothing();
    given(history).when(start_refund(1, 10_001)).then_rejected(&Rejection::RefundIdTaken);
}

#[test]
fn a_refund_never_exceeds_what_is_left() {
    let history = with(captured(), [start_refund(1, 30_000)]);
    given(history)
        .when(start_refund(2, 5_001))
        .then_rejected(&Rejection::RefundTooLarge { refundable: won(5_000), asked: won(5_001) });
    given(captured()).when(start_refund(1, 0)).then_rejected(&Rejection::AmountOutOfRange(won(0)));
    given(captured()).when(start_refund(1, -1)).then_rejected(&Rejection::AmountOutOfRange(won(-1)));
}

#[test]
fn only_a_captured_payment_is_refunded() {
    for history in [vec![request()], vec![request(), start("k-1")], vec![request(), expire()]] {
        given(history).when(start_refund(1, 1)).then_rejected(&Rejection::NotCaptured);
    }
    let unknown = StartRefund { stray: Some(reference("g-9")), ..refund_body(1, 1) };
    given(captured()).when(Command::StartRefund(unknown)).then_rejected(&Rejection::NotCaptured);
}

#[test]
fn a_refund_is_partial_then_full() {
    let part_back = vec![part(CARD, Method::Card, 10_000)];
    given(with(captured(), [start_refund(1, 10_000)])).when(refunded(1)).then(&[done(
        10_000,
        part_back.clone(),
        10_000,
        false,
    )]);
    let half = with(captured(), [start_refund(1, 10_000), refunded(1)]);
    assert_eq!(after(half.clone()).phase(), Phase::PartiallyRefunded);
    assert_eq!(after(with(half, [start_refund(2, 25_000), refunded(2)])).phase(), Phase::Refunded);
    let earlier = with(captured(), [start_refund(2, 25_000), refunded(2), start_refund(1, 10_000)]);
    let rest = vec![part(CARD, Method::Card, 5_000), part(POINTS, Method::Points, 5_000)];
    given(earlier).when(refunded(1)).then(&[done(10_000, rest, 35_000, true)]);
}

#[test]
fn an_outcome_is_recorded_once() {
    let history = with(captured(), [start_refund(1, 10_000), refunded(1)]);
    given(history.clone()).when(refunded(1)).then_nothing();
    given(history.clone()).when(refunded_as(1, "gr-2")).then_rejected(&Rejection::AlreadyRefunded);
    given(history).when(refund_failed(1)).then_rejected(&Rejection::AlreadyRefunded);
    given(captured()).when(refunded(9)).then_rejected(&Rejection::RefundNotStarted);
    given(captured()).when(refund_failed(9)).then_rejected(&Rejection::RefundNotStarted);
}

#[test]
fn a_failed_refund_can_be_refunded_again_under_a_new_id() {
    let history = with(captured(), [start_refund(1, 35_000)]);
    given(history.clone()).when(refund_failed(1)).then(&[Event::RefundFailed(RefundFailed {
        head: head(),
        refund: refund_id(1),
        claim: Some(claim_id()),
        cause: RefundCause::Asked,
        capture_reference: reference("g-1"),
        reason: RefundFailureReason::Refused,
        amount: won(35_000),
        at: minute(6),
    })]);
    let failed = with(history, [refund_failed(1)]);
    assert_eq!(after(failed.clone()).refundable(), won(35_000));
    given(failed.clone()).when(refund_failed(1)).then_nothing();
    given(failed.clone()).when(refunded(1)).then_rejected(&Rejection::RefundAlreadyFailed);
    let again = after(with(failed, [start_refund(2, 35_000), refunded(2)]));
    assert_eq!(again.phase(), Phase::Refunded);
}
