//! Asking for money.

use kernel::Decider;
use payment::event::{Captured, Requested};
use payment::{Command, Event, Method, Payment, Phase, Rejection, State, TenderNo};

use crate::given::{after, given};
use crate::sample::*;

fn refused(change: impl FnOnce(&mut payment::Request), expected: &Rejection) {
    let mut body = request_body(card_and_points());
    change(&mut body);
    given([]).when(Command::Request(body)).then_rejected(expected);
}

#[test]
fn a_payment_is_requested() {
    given([]).when(request()).then(&[Event::Requested(Requested {
        head: head(),
        member: member_id(),
        amount: won(35_000),
        tenders: card_and_points(),
        expires_at: minute(30),
        at: minute(0),
    })]);
}

#[test]
fn a_zero_total_is_captured_at_once() {
    let events = Payment::decide(&State::default(), request_of(vec![])).unwrap();
    assert!(matches!(
        events.as_slice(),
        [Event::Requested(_), Event::Captured(Captured { gateway_reference: None, .. })]
    ));
    assert_eq!(after([request_of(vec![])]).phase(), Phase::Captured);
}

#[test]
fn the_same_request_again_is_already_so_and_another_is_refused() {
    let later = payment::Request { at: minute(9), ..request_body(card_and_points()) };
    given([request()]).when(Command::Request(later)).then_nothing();
    let other = request_of(vec![tender(CARD, Method::Card, 1)]);
    given([request()]).when(other).then_rejected(&Rejection::AlreadyRequested);
}

#[test]
fn tenders_must_add_up_to_the_amount() {
    refused(
        |body| body.amount = won(35_001),
        &Rejection::TendersDiffer { expected: won(35_001), found: won(35_000) },
    );
}

#[test]
fn a_tender_is_positive_unique_and_within_limits() {
    refused(|body| body.tenders[0].amount = won(0), &Rejection::AmountOutOfRange(won(0)));
    refused(|body| body.tenders[0].amount = won(-5), &Rejection::AmountOutOfRange(won(-5)));
    refused(|body| body.amount = won(i64::MAX), &Rejection::AmountOutOfRange(won(i64::MAX)));
    refused(|body| body.tenders[1].tender = TenderNo(POINTS), &Rejection::TenderTwice(TenderNo(POINTS)));
    refused(|body| body.tenders[0].instalments = 0, &Rejection::InstalmentsOutOfRange { found: 0 });
    refused(
        |body| body.tenders = (0..31).map(|number| tender(number, Method::Card, 1)).collect(),
        &Rejection::TooManyTenders { found: 31 },
    );
}

#[test]
fn a_payment_cannot_expire_before_it_was_requested() {
    refused(|body| body.expires_at = body.at, &Rejection::ExpiresTooEarly(minute(0)));
}

#[test]
fn nothing_can_be_done_to_a_payment_never_requested() {
    for command in [
        start("k"),
        captured_as("k", "g", 1),
        decline("k"),
        expire(),
        void(),
        start_refund(1, 1),
        refunded(1),
        refund_failed(1),
    ] {
        given([]).when(command).then_rejected(&Rejection::NotRequested);
    }
}
