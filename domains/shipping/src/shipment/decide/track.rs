//! The carrier's scans: each is kept once, and moves the shipment only forwards. Never here: a carrier's own words.

use super::Decision;
use crate::shipment::command::Track;
use crate::shipment::event::{Delivered, Event, Lost, ReturnedToSender, ScanRecorded};
use crate::shipment::policy;
use crate::shipment::rejection::Rejection;
use crate::shipment::state::{Known, Parcel, Standing};
use crate::shipment::value::Status;

/// Records a scan, and what follows from it the first time that the shipment gets there.
pub(super) fn track(known: &Known, command: Track) -> Decision {
    let parcel = parcel(known)?;
    if parcel.scans.contains(&command.scan) {
        return Ok(vec![]);
    }
    let moved_to = moved_to(parcel, &command);
    check_room(parcel, moved_to)?;
    let arrival = moved_to.and_then(|status| arrival(known, status, &command));
    let scan = Event::ScanRecorded(recorded(known, parcel, moved_to, command));
    Ok(std::iter::once(scan).chain(arrival).collect())
}

fn parcel(known: &Known) -> Result<&Parcel, Rejection> {
    match &known.standing {
        Standing::Requested | Standing::Accepted => Err(Rejection::NotDispatched),
        Standing::Dispatched(parcel) => Ok(parcel),
        Standing::Cancelled => Err(Rejection::ShipmentCancelled),
    }
}

fn moved_to(parcel: &Parcel, command: &Track) -> Option<Status> {
    policy::place(command.status).filter(|place| policy::progress(*place) > policy::progress(parcel.status))
}

fn check_room(parcel: &Parcel, moved_to: Option<Status>) -> Result<(), Rejection> {
    let kept = if moved_to.is_some() { 0 } else { policy::SCANS_KEPT_FOR_MOVES };
    let is_full = parcel.scans.len().saturating_add(kept) >= policy::MAX_SCANS;
    if is_full { Err(Rejection::TooManyScans) } else { Ok(()) }
}

/// A scan is late when it moves nothing and either speaks of a place already passed or is older than another.
fn is_late(parcel: &Parcel, moved_to: Option<Status>, command: &Track) -> bool {
    let passed = policy::place(command.status)
        .is_some_and(|place| policy::progress(place) < policy::progress(parcel.status));
    let is_older = parcel.last_seen_at.is_some_and(|last| command.occurred_at < last);
    moved_to.is_none() && (passed || is_older)
}

fn recorded(known: &Known, parcel: &Parcel, moved_to: Option<Status>, command: Track) -> ScanRecorded {
    ScanRecorded {
        head: known.request.head.clone(),
        late: is_late(parcel, moved_to, &command),
        scan: command.scan,
        status: command.status,
        shipment_status: moved_to.unwrap_or(parcel.status),
        occurred_at: command.occurred_at,
        at: command.at,
    }
}

/// The event that other contexts wait for, where the shipment got to a place that has one.
fn arrival(known: &Known, status: Status, command: &Track) -> Option<Event> {
    let head = known.request.head.clone();
    let (at, recorded_at) = (command.occurred_at, command.at);
    match status {
        Status::Delivered => Some(Event::Delivered(Delivered { head, at, recorded_at })),
        Status::Lost => Some(Event::Lost(Lost { head, at, recorded_at })),
        Status::ReturnedToSender => Some(Event::ReturnedToSender(ReturnedToSender { head, at, recorded_at })),
        Status::Absent
        | Status::Requested
        | Status::Accepted
        | Status::Dispatched
        | Status::InTransit
        | Status::OutForDelivery
        | Status::DeliveryFailed
        | Status::Cancelled => None,
    }
}
