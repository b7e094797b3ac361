//! Up to the moment that the parcel leaves.

use kernel::Text;
use shipping::Shipment;
use shipping::shipment::event::{Accepted, Cancelled, DispatchDelayed, Dispatched, Requested};
use shipping::shipment::{
    CancelReason, Command, DelayReason, Event, Purpose, Rejection, Request, ScanStatus, Status,
};

use crate::given::{Given, after, given as given_any};
use crate::sample::*;

fn given(commands: impl IntoIterator<Item = Command>) -> Given<Shipment> {
    given_any(commands)
}

fn accepted_at(at: i64) -> Event {
    Event::Accepted(Accepted { head: head(), at: minute(at) })
}

fn dispatched_event() -> Event {
    Event::Dispatched(Dispatched {
        head: head(),
        carrier: Text::new("cj").unwrap(),
        tracking_number: Text::new("1234").unwrap(),
        dispatch_due: minute(1_000),
        at: minute(2),
    })
}

#[test]
fn a_shipment_is_requested_with_all_that_others_need() {
    given([]).when(request()).then(&[Event::Requested(Requested {
        head: head(),
        recipient: request_body().recipient,
        dispatch_due: minute(1_000),
        at: minute(0),
    })]);
}

#[test]
fn the_same_request_again_is_already_so_and_another_is_refused() {
    let later = Command::Request(Request { at: minute(9), ..request_body() });
    given([request()]).when(later).then_nothing();
    let other = Command::Request(Request { group: 2, ..request_body() });
    given([request()]).when(other).then_rejected(&Rejection::AlreadyRequested);
}

#[test]
fn a_shipment_has_lines_each_once_and_not_too_many() {
    let with_lines = |lines| Command::Request(Request { lines, ..request_body() });
    given([]).when(with_lines(vec![])).then_rejected(&Rejection::LinesOutOfRange { found: 0 });
    let many = (0..101).map(|number| line(number, 1)).collect();
    given([]).when(with_lines(many)).then_rejected(&Rejection::LinesOutOfRange { found: 101 });
    given([]).when(with_lines(vec![line(1, 1), line(1, 2)])).then_rejected(&Rejection::LineTwice(1));
}

#[test]
fn nothing_can_be_done_to_a_shipment_never_requested() {
    let scanned = scan("s", ScanStatus::Delivered, 5);
    for command in [accept(), dispatch("1234"), scanned, explain("soon"), cancel()] {
        given([]).when(command).then_rejected(&Rejection::NotRequested);
    }
}

#[test]
fn a_merchant_accepts_once() {
    given([request()]).when(accept()).then(&[accepted_at(1)]);
    given([request(), accept()]).when(accept()).then_nothing();
    given(dispatched()).when(accept()).then_nothing();
}

#[test]
fn dispatching_what_was_not_accepted_accepts_it() {
    given([request()]).when(dispatch("1234")).then(&[accepted_at(2), dispatched_event()]);
    given([request(), accept()]).when(dispatch("1234")).then(&[dispatched_event()]);
}

#[test]
fn a_dispatched_shipment_keeps_its_number() {
    given(dispatched()).when(dispatch("1234")).then_nothing();
    given(dispatched()).when(dispatch("9999")).then_rejected(&Rejection::AlreadyDispatched);
}

#[test]
fn a_shipment_is_cancelled_only_before_dispatch() {
    let head = head();
    let cancelled = Event::Cancelled(Cancelled { head, reason: CancelReason::OrderCancelled, at: minute(4) });
    given([request()]).when(cancel()).then(std::slice::from_ref(&cancelled));
    given([request(), accept()]).when(cancel()).then(&[cancelled]);
    given(dispatched()).when(cancel()).then_rejected(&Rejection::AlreadyDispatched);
}

#[test]
fn a_cancelled_shipment_goes_nowhere() {
    given([request(), cancel()]).when(cancel()).then_nothing();
    for command in [accept(), dispatch("1234"), explain("soon"), scan("s", ScanStatus::PickedUp, 5)] {
        given([request(), cancel()]).when(command).then_rejected(&Rejection::ShipmentCancelled);
    }
}

#[test]
fn a_late_dispatch_is_explained_to_the_shopper() {
    given([request()]).when(explain("soon")).then(&[Event::DispatchDelayed(DispatchDelayed {
        head: head(),
        reason_code: DelayReason::HighDemand,
        text: Text::new("soon").unwrap(),
        dispatch_due: minute(1_000),
        at: minute(3),
    })]);
    given([request(), explain("soon")]).when(explain("soon")).then_nothing();
    given(dispatched()).when(explain("soon")).then_rejected(&Rejection::AlreadyDispatched);
    let often = (0..20).map(|number| explain(&format!("soon {number}")));
    given(with(vec![request()], often)).when(explain("later")).then_rejected(&Rejection::TooManyExplanations);
}

#[test]
fn a_return_pick_up_travels_the_same_way() {
    let pickup = Command::Request(Request { purpose: return_pickup(), ..request_body() });
    let state = after::<Shipment>([pickup, dispatch("1234"), scan("s", ScanStatus::Delivered, 5)]);
    assert_eq!(state.status(), Status::Delivered);
    assert!(matches!(state.purpose(), Some(Purpose::ReturnPickup { .. })));
}
