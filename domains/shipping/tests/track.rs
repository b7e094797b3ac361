//! The carrier's scans.

use kernel::{Decider, Text};
use shipping::Shipment;
use shipping::shipment::event::{Delivered, Lost, ReturnedToSender, ScanRecorded};
use shipping::shipment::{Command, Event, Rejection, ScanStatus, Status};

use crate::given::{Given, after, given as given_any};
use crate::sample::*;

fn given(commands: impl IntoIterator<Item = Command>) -> Given<Shipment> {
    given_any(commands)
}

fn recorded(name: &str, status: ScanStatus, shipment_status: Status, late: bool, at: i64) -> Event {
    Event::ScanRecorded(ScanRecorded {
        head: head(),
        scan: Text::new(name).unwrap(),
        status,
        shipment_status,
        late,
        occurred_at: minute(at),
        at: minute(at + 10),
    })
}

fn status_after(scans: impl IntoIterator<Item = Command>) -> Status {
    after::<Shipment>(with(dispatched(), scans)).status()
}

#[test]
fn a_scan_before_dispatch_is_refused() {
    let picked_up = scan("a", ScanStatus::PickedUp, 5);
    given([request()]).when(picked_up.clone()).then_rejected(&Rejection::NotDispatched);
    given([request(), accept()]).when(picked_up).then_rejected(&Rejection::NotDispatched);
}

#[test]
fn a_scan_moves_the_shipment_forwards() {
    given(dispatched()).when(scan("a", ScanStatus::PickedUp, 5)).then(&[recorded(
        "a",
        ScanStatus::PickedUp,
        Status::InTransit,
        false,
        5,
    )]);
}

#[test]
fn the_same_scan_twice_is_already_so() {
    let history = with(dispatched(), [scan("a", ScanStatus::PickedUp, 5)]);
    given(history.clone()).when(scan("a", ScanStatus::PickedUp, 5)).then_nothing();
    given(history).when(scan("a", ScanStatus::Delivered, 9)).then_nothing();
}

#[test]
fn a_late_scan_is_kept_and_moves_nothing() {
    let history = with(dispatched(), [scan("b", ScanStatus::OutForDelivery, 20)]);
    given(history.clone()).when(scan("a", ScanStatus::InTransit, 5)).then(&[recorded(
        "a",
        ScanStatus::InTransit,
        Status::OutForDelivery,
        true,
        5,
    )]);
    given(history).when(scan("c", ScanStatus::Delayed, 5)).then(&[recorded(
        "c",
        ScanStatus::Delayed,
        Status::OutForDelivery,
        true,
        5,
    )]);
}

#[test]
fn a_delay_is_a_note_and_not_a_place() {
    let history = with(dispatched(), [scan("a", ScanStatus::PickedUp, 5)]);
    given(history).when(scan("b", ScanStatus::Delayed, 9)).then(&[recorded(
        "b",
        ScanStatus::Delayed,
        Status::InTransit,
        false,
        9,
    )]);
}

#[test]
fn the_first_delivered_scan_delivers_and_the_second_is_history() {
    let delivered = Event::Delivered(Delivered { head: head(), at: minute(30), recorded_at: minute(40) });
    given(dispatched())
        .when(scan("d", ScanStatus::Delivered, 30))
        .then(&[recorded("d", ScanStatus::Delivered, Status::Delivered, false, 30), delivered]);
    given(with(dispatched(), [scan("d", ScanStatus::Delivered, 30)]))
        .when(scan("e", ScanStatus::Delivered, 31))
        .then(&[recorded("e", ScanStatus::Delivered, Status::Delivered, false, 31)]);
}

#[test]
fn a_delivered_shipment_stays_delivered() {
    let history = with(dispatched(), [scan("d", ScanStatus::Delivered, 30)]);
    for status in [ScanStatus::Lost, ScanStatus::ReturnedToSender, ScanStatus::DeliveryFailed] {
        given(history.clone()).when(scan("e", status, 40)).then(&[recorded(
            "e",
            status,
            Status::Delivered,
            true,
            40,
        )]);
    }
}

#[test]
fn a_lost_or_returned_shipment_is_told_once() {
    let (at, recorded_at) = (minute(30), minute(40));
    let lost = Event::Lost(Lost { head: head(), at, recorded_at });
    let back = Event::ReturnedToSender(ReturnedToSender { head: head(), at, recorded_at });
    given(dispatched())
        .when(scan("l", ScanStatus::Lost, 30))
        .then(&[recorded("l", ScanStatus::Lost, Status::Lost, false, 30), lost]);
    given(dispatched())
        .when(scan("r", ScanStatus::ReturnedToSender, 30))
        .then(&[recorded("r", ScanStatus::ReturnedToSender, Status::ReturnedToSender, false, 30), back]);
}

#[test]
fn what_was_thought_lost_or_failed_may_still_arrive() {
    for (name, status) in [("l", ScanStatus::Lost), ("f", ScanStatus::DeliveryFailed)] {
        let found = scan("d", ScanStatus::Delivered, 40);
        assert_eq!(status_after([scan(name, status, 30), found]), Status::Delivered);
    }
}

#[test]
fn a_chatty_carrier_cannot_keep_a_parcel_from_being_delivered() {
    let chatter = (0..494).map(|number| scan(&format!("s-{number}"), ScanStatus::InTransit, number));
    let history = with(dispatched(), chatter);
    let refused = scan("more", ScanStatus::InTransit, 900);
    given(history.clone()).when(refused).then_rejected(&Rejection::TooManyScans);
    let state = after::<Shipment>(history);
    let events = Shipment::decide(&state, scan("d", ScanStatus::Delivered, 900)).unwrap();
    assert_eq!(events.into_iter().fold(state, |s, e| Shipment::evolve(s, &e)).status(), Status::Delivered);
}
