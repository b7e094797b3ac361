//! Ending without money: expiry and voiding.

use payment::event::{Expired, Voided};
use payment::{Command, Event, Expire, Method, Phase, Rejection, VoidReason};

use crate::given::{after, given};
use crate::sample::*;

fn expired() -> Event {
    Event::Expired(Expired { head: head(), at: minute(30) })
}

fn voided() -> Event {
    Event::Voided(Voided { head: head(), reason: VoidReason::OrderCancelled, at: minute(4) })
}

fn virtual_account() -> Command {
    request_of(vec![tender(1, Method::VirtualAccount, 9_000)])
}

#[test]
fn a_payment_expires_when_its_time_is_over_and_not_before() {
    given([request()]).when(expire()).then(&[expired()]);
    given([request(), start("k-1"), decline("k-1")]).when(expire()).then(&[expired()]);
    let early = Command::Expire(Expire { at: minute(29) });
    given([request()]).when(early).then_rejected(&Rejection::ExpiryNotDue(minute(30)));
}

#[test]
fn a_capture_in_flight_cannot_expire_but_an_awaited_deposit_can() {
    given([request(), start("k-1")]).when(expire()).then_rejected(&Rejection::CaptureInFlight);
    given([virtual_account(), start("k-1")]).when(expire()).then(&[expired()]);
}

#[test]
fn an_expired_payment_stays_expired() {
    let history = vec![request(), expire()];
    given(history.clone()).when(expire()).then_nothing();
    given(history.clone()).when(void()).then_rejected(&Rejection::Ended(Phase::Expired));
    given(history).when(start("k-1")).then_rejected(&Rejection::Ended(Phase::Expired));
}

#[test]
fn a_captured_payment_neither_expires_nor_is_voided() {
    for command in [expire(), void()] {
        given(captured()).when(command.clone()).then_rejected(&Rejection::AlreadyCaptured);
        let refunding = with(captured(), [start_refund(1, 35_000), refunded(1)]);
        given(refunding).when(command).then_rejected(&Rejection::AlreadyCaptured);
    }
}

#[test]
fn a_payment_is_voided_even_while_a_capture_is_under_way() {
    given([request()]).when(void()).then(&[voided()]);
    given([request(), start("k-1")]).when(void()).then(&[voided()]);
    given([request(), void()]).when(void()).then_nothing();
    given([request(), void()]).when(expire()).then_rejected(&Rejection::Ended(Phase::Voided));
}

#[test]
fn a_decline_after_the_end_changes_nothing() {
    given([request(), start("k-1"), void()]).when(decline("k-1")).then_nothing();
    assert_eq!(after([request(), start("k-1"), void()]).phase(), Phase::Voided);
}
