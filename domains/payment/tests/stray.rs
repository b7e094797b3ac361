//! Money that a payment must not keep goes back by itself.

use payment::event::{RefundStarted, StrayCaptured};
use payment::{Command, Event, Method, Phase, RefundCause, Rejection, StartRefund, TenderAmount};

use crate::given::{after, given};
use crate::sample::*;

fn card_part() -> Vec<TenderAmount> {
    vec![part(CARD, Method::Card, 30_000)]
}

fn came(key: &str, gateway_reference: &str) -> StrayCaptured {
    StrayCaptured {
        head: head(),
        key: key.to_owned(),
        gateway_reference: reference(gateway_reference),
        amount: won(30_000),
        tenders: card_part(),
        captured_at: minute(2),
        at: minute(3),
    }
}

fn goes_back(gateway_reference: &str, cause: RefundCause) -> Event {
    Event::RefundStarted(RefundStarted {
        head: head(),
        refund: refund_id(7),
        claim: None,
        cause,
        capture_reference: reference(gateway_reference),
        key: refund_id(7).to_string(),
        amount: won(30_000),
        tenders: card_part(),
        at: minute(3),
    })
}

fn late() -> Vec<Command> {
    vec![request(), start("k-1"), void(), captured_as("k-1", "g-1", 7)]
}

#[test]
fn money_that_comes_after_the_end_goes_back() {
    given([request(), start("k-1"), void()])
        .when(captured_as("k-1", "g-1", 7))
        .then(&[Event::CapturedLate(came("k-1", "g-1")), goes_back("g-1", RefundCause::CapturedLate)]);
    given([request(), expire()])
        .when(captured_as("k-1", "g-1", 7))
        .then(&[Event::CapturedLate(came("k-1", "g-1")), goes_back("g-1", RefundCause::CapturedLate)]);
}

#[test]
fn money_that_comes_twice_goes_back_once() {
    given(captured()).when(captured_as("k-1", "g-2", 7)).then(&[
        Event::DuplicateCaptured(came("k-1", "g-2")),
        goes_back("g-2", RefundCause::DuplicateCaptured),
    ]);
    let twice = with(captured(), [captured_as("k-1", "g-2", 7)]);
    given(twice.clone()).when(captured_as("k-1", "g-2", 8)).then_nothing();
    assert_eq!((after(twice.clone()).phase(), after(twice).refundable()), (Phase::Captured, won(35_000)));
}

#[test]
fn a_late_capture_leaves_the_payment_ended() {
    let history = with(late(), [refunded(7)]);
    let state = after(history.clone());
    assert_eq!((state.phase(), state.captured()), (Phase::Voided, won(0)));
    let (_, stray) = state.strays().next().unwrap();
    assert_eq!((stray.captured(), stray.refunded()), (won(30_000), won(30_000)));
    given(history).when(captured_as("k-1", "g-1", 7)).then_nothing();
}

#[test]
fn a_stray_refund_that_failed_is_started_again_by_its_reference() {
    let history = with(late(), [refund_failed(7)]);
    let again = StartRefund {
        stray: Some(reference("g-1")),
        reason_claim: None,
        key: refund_id(7).to_string(),
        at: minute(3),
        ..refund_body(8, 30_000)
    };
    let state = after(with(history, [Command::StartRefund(again)]));
    let refund = &state.refund(refund_id(8)).unwrap().started;
    assert_eq!((refund.cause, refund.amount), (RefundCause::CapturedLate, won(30_000)));
}

#[test]
fn a_stray_refund_needs_an_id_of_its_own() {
    let history = with(captured(), [start_refund(7, 1_000)]);
    given(history).when(captured_as("k-1", "g-2", 7)).then_rejected(&Rejection::RefundIdTaken);
}

#[test]
fn a_gateway_gone_wild_is_stopped() {
    let wild = (0..20).map(|number| captured_as("k-1", &format!("wild-{number}"), 100 + number));
    given(with(captured(), wild))
        .when(captured_as("k-1", "g-9", 7))
        .then_rejected(&Rejection::TooManyStrayCaptures);
}
