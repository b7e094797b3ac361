//! The shopper has to show that it is them before the money is taken.

use payment::event::{AuthenticationRequired, Expired};
use payment::{DeclineReason, Event, Phase, Rejection};

use crate::given::{after, given};
use crate::sample::*;

#[test]
fn a_capture_may_wait_for_the_shopper() {
    let required = AuthenticationRequired { head: head(), key: "k-1".to_owned(), at: minute(2) };
    given([request(), start("k-1")])
        .when(authenticate("k-1"))
        .then(&[Event::AuthenticationRequired(required)]);
    let state = after([request(), start("k-1"), authenticate("k-1")]);
    assert_eq!((state.phase(), state.key_in_flight()), (Phase::AwaitingAuthentication, Some("k-1")));
}

#[test]
fn what_is_told_twice_or_too_late_changes_nothing() {
    given([request(), start("k-1"), authenticate("k-1")]).when(authenticate("k-1")).then_nothing();
    given([request(), start("k-1"), decline("k-1")]).when(authenticate("k-1")).then_nothing();
    given([request(), start("k-1"), decline("k-1"), start("k-2")]).when(authenticate("k-1")).then_nothing();
    given(captured()).when(authenticate("k-1")).then_nothing();
    given([request(), start("k-1"), void()]).when(authenticate("k-1")).then_nothing();
}

#[test]
fn an_attempt_that_was_never_started_waits_for_nobody() {
    given([request()]).when(authenticate("k-1")).then_rejected(&Rejection::CaptureNotStarted);
}

#[test]
fn who_has_shown_it_pays_and_who_has_not_may_try_again() {
    let waiting = [request(), start("k-1"), authenticate("k-1")];
    given(waiting.clone()).when(start("k-2")).then_rejected(&Rejection::CaptureInFlight);
    let paid = after(with(waiting.to_vec(), [captured_as("k-1", "g-1", 900)]));
    assert_eq!(paid.phase(), Phase::Captured);
    let refused = after(with(waiting.to_vec(), [decline("k-1")]));
    assert_eq!(refused.phase(), Phase::Requested);
    assert_eq!(refused.last_decline(), Some(DeclineReason::InsufficientFunds));
    assert_eq!(after(with(waiting.to_vec(), [decline("k-1"), start("k-2")])).last_decline(), None);
}

#[test]
fn a_shopper_who_never_comes_back_holds_nothing_for_ever() {
    let waiting = [request(), start("k-1"), authenticate("k-1")];
    given(waiting.clone()).when(expire()).then(&[Event::Expired(Expired { head: head(), at: minute(30) })]);
    let late = after(with(waiting.to_vec(), [expire(), captured_as("k-1", "g-1", 900)]));
    assert_eq!(late.strays().count(), 1, "what comes after all goes back");
    assert_eq!(after(with(waiting.to_vec(), [void()])).phase(), Phase::Voided);
}
