//! Up to the moment that the parcel leaves: accepted, dispatched, explained, called off. Never here: scans.

use super::Decision;
use crate::shipment::command::{Accept, Cancel, Dispatch, ExplainDelay};
use crate::shipment::event::{Accepted, Cancelled, DispatchDelayed, Dispatched, Event};
use crate::shipment::policy;
use crate::shipment::rejection::Rejection;
use crate::shipment::state::{Explanation, Known, Parcel, Standing};

/// Accepts (발주확인). What was dispatched was accepted too.
pub(super) fn accept(known: &Known, command: &Accept) -> Decision {
    match &known.standing {
        Standing::Requested => {
            Ok(vec![Event::Accepted(Accepted { head: known.request.head.clone(), at: command.at })])
        }
        Standing::Accepted | Standing::Dispatched(_) => Ok(vec![]),
        Standing::Cancelled => Err(Rejection::ShipmentCancelled),
    }
}

/// Dispatches (송장 등록); dispatching what wasn't accepted yet accepts it.
pub(super) fn dispatch(known: &Known, command: Dispatch) -> Decision {
    let head = known.request.head.clone();
    match &known.standing {
        Standing::Requested => {
            let accepted = Event::Accepted(Accepted { head, at: command.at });
            Ok(vec![accepted, dispatched(known, command)])
        }
        Standing::Accepted => Ok(vec![dispatched(known, command)]),
        Standing::Dispatched(parcel) if is_same(parcel, &command) => Ok(vec![]),
        Standing::Dispatched(_) => Err(Rejection::AlreadyDispatched),
        Standing::Cancelled => Err(Rejection::ShipmentCancelled),
    }
}

/// Explains a late dispatch (발송지연); the last explanation said again is already so.
pub(super) fn explain_delay(known: &Known, command: ExplainDelay) -> Decision {
    check_not_left(known)?;
    let said = Explanation { reason_code: command.reason_code, text: command.text };
    if known.explanation.as_ref() == Some(&said) {
        return Ok(vec![]);
    }
    if known.explanations >= policy::MAX_EXPLANATIONS {
        return Err(Rejection::TooManyExplanations);
    }
    Ok(vec![Event::DispatchDelayed(DispatchDelayed {
        head: known.request.head.clone(),
        reason_code: said.reason_code,
        text: said.text,
        dispatch_due: known.request.dispatch_due,
        at: command.at,
    })])
}

/// Cancels, as long as the parcel hasn't left.
pub(super) fn cancel(known: &Known, command: &Cancel) -> Decision {
    if known.standing == Standing::Cancelled {
        return Ok(vec![]);
    }
    check_not_left(known)?;
    let head = known.request.head.clone();
    Ok(vec![Event::Cancelled(Cancelled { head, reason: command.reason, at: command.at })])
}

fn check_not_left(known: &Known) -> Result<(), Rejection> {
    match &known.standing {
        Standing::Requested | Standing::Accepted => Ok(()),
        Standing::Dispatched(_) => Err(Rejection::AlreadyDispatched),
        Standing::Cancelled => Err(Rejection::ShipmentCancelled),
    }
}

fn is_same(parcel: &Parcel, command: &Dispatch) -> bool {
    parcel.carrier == command.carrier && parcel.tracking_number == command.tracking_number
}

fn dispatched(known: &Known, command: Dispatch) -> Event {
    Event::Dispatched(Dispatched {
        head: known.request.head.clone(),
        carrier: command.carrier,
        tracking_number: command.tracking_number,
        dispatch_due: known.request.dispatch_due,
        at: command.at,
    })
}
