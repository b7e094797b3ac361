//! Taking the money: attempts, declines, captures.

use payment::event::{Authorized, CaptureDeclined, CaptureStarted, Captured, Failed};
use payment::{DeclineReason, Event, Method, Phase, Rejection};

use crate::given::{after, given};
use crate::sample::*;

fn declined_event(key: &str, attempt: u16) -> Event {
    Event::CaptureDeclined(CaptureDeclined {
        head: head(),
        key: key.to_owned(),
        attempt,
        reason: DeclineReason::InsufficientFunds,
        at: minute(3),
    })
}

fn declined_times(times: u16) -> Vec<payment::Command> {
    let attempts =
        (1..=times).flat_map(|attempt| [start(&format!("k-{attempt}")), decline(&format!("k-{attempt}"))]);
    with(vec![request()], attempts)
}

#[test]
fn the_intent_is_in_the_log_first() {
    given([request()]).when(start("k-1")).then(&[Event::CaptureStarted(CaptureStarted {
        head: head(),
        key: "k-1".to_owned(),
        attempt: 1,
        amount: won(35_000),
        tenders: card_and_points(),
        awaits_deposit: false,
        receipt: None,
        at: minute(1),
    })]);
    assert_eq!(after([request(), start("k-1")]).key_in_flight(), Some("k-1"));
}

#[test]
fn the_same_key_again_is_already_so_at_any_time() {
    given([request(), start("k-1")]).when(start("k-1")).then_nothing();
    given([request(), start("k-1"), decline("k-1")]).when(start("k-1")).then_nothing();
    given(captured()).when(start("k-1")).then_nothing();
}

#[test]
fn a_second_attempt_waits_for_the_first() {
    given([request(), start("k-1")]).when(start("k-2")).then_rejected(&Rejection::CaptureInFlight);
    let state = after([request(), start("k-1"), decline("k-1"), start("k-2")]);
    assert_eq!((state.attempts(), state.key_in_flight()), (2, Some("k-2")));
}

#[test]
fn a_key_is_neither_empty_nor_endless() {
    given([request()]).when(start(" ")).then_rejected(&Rejection::KeyOutOfRange);
    given([request()]).when(start(&"k".repeat(201))).then_rejected(&Rejection::KeyOutOfRange);
}

#[test]
fn a_capture_is_authorized_and_captured() {
    let authorized = Authorized {
        head: head(),
        key: "k-1".to_owned(),
        gateway_reference: reference("g-1"),
        amount: won(35_000),
        at: minute(3),
    };
    let captured = Captured {
        head: head(),
        member: member_id(),
        gateway_reference: Some(reference("g-1")),
        amount: won(35_000),
        tenders: vec![part(POINTS, Method::Points, 5_000), part(CARD, Method::Card, 30_000)],
        captured_at: minute(2),
        at: minute(3),
    };
    given([request(), start("k-1")])
        .when(captured_as("k-1", "g-1", 900))
        .then(&[Event::Authorized(authorized), Event::Captured(captured)]);
}

#[test]
fn the_same_capture_again_is_already_so() {
    given(captured()).when(captured_as("k-1", "g-1", 901)).then_nothing();
}

#[test]
fn a_capture_that_was_never_started_is_refused() {
    let expected = Rejection::CaptureNotStarted;
    given([request()]).when(captured_as("k-1", "g-1", 900)).then_rejected(&expected);
    given([request(), start("k-1")]).when(captured_as("k-9", "g-1", 900)).then_rejected(&expected);
    given([request_of(vec![])]).when(captured_as("k-9", "g-1", 900)).then_rejected(&expected);
    given([request()]).when(decline("k-1")).then_rejected(&expected);
}

#[test]
fn a_declined_attempt_that_was_captured_after_all_counts() {
    let state = after([request(), start("k-1"), decline("k-1"), captured_as("k-1", "g-1", 900)]);
    assert_eq!(state.phase(), Phase::Captured);
}

#[test]
fn a_decline_makes_room_for_another_attempt() {
    given([request(), start("k-1")]).when(decline("k-1")).then(&[declined_event("k-1", 1)]);
    given([request(), start("k-1"), decline("k-1")]).when(decline("k-1")).then_nothing();
    assert_eq!(after(declined_times(1)).phase(), Phase::Requested);
}

#[test]
fn the_tenth_decline_fails_the_payment() {
    let failed =
        Failed { head: head(), attempts: 10, reason: DeclineReason::InsufficientFunds, at: minute(3) };
    given(with(declined_times(9), [start("k-10")]))
        .when(decline("k-10"))
        .then(&[declined_event("k-10", 10), Event::Failed(failed)]);
    given(declined_times(10)).when(start("k-11")).then_rejected(&Rejection::Ended(Phase::Failed));
}

#[test]
fn a_captured_payment_is_neither_declined_nor_captured_by_a_new_key() {
    given(captured()).when(decline("k-1")).then_nothing();
    given(captured()).when(start("k-2")).then_rejected(&Rejection::AlreadyCaptured);
}

#[test]
fn a_virtual_account_awaits_its_deposit() {
    let history = [request_of(vec![tender(1, Method::VirtualAccount, 9_000)]), start("k-1")];
    assert_eq!(after(history.clone()).phase(), Phase::AwaitingDeposit);
    assert_eq!(after(with(history.to_vec(), [captured_as("k-1", "g", 1)])).phase(), Phase::Captured);
}
