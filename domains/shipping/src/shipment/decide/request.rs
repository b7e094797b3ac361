//! Asking for a shipment. Never here: whether the order has these pieces; the order knows.

use std::collections::BTreeSet;

use super::Decision;
use crate::shipment::command::Request;
use crate::shipment::event::{Event, Requested};
use crate::shipment::policy;
use crate::shipment::rejection::Rejection;
use crate::shipment::state::State;
use crate::shipment::value::{Head, ShipmentLine};

/// Requests a shipment; the same request again is already so, whenever it was asked.
pub(super) fn request(state: &State, command: Request) -> Decision {
    if let State::Known(known) = state {
        let asked_again = Requested { at: known.request.at, ..requested(command) };
        return if asked_again == known.request { Ok(vec![]) } else { Err(Rejection::AlreadyRequested) };
    }
    check_lines(&command.lines)?;
    Ok(vec![Event::Requested(requested(command))])
}

fn check_lines(lines: &[ShipmentLine]) -> Result<(), Rejection> {
    if lines.is_empty() || lines.len() > policy::MAX_LINES {
        return Err(Rejection::LinesOutOfRange { found: lines.len() });
    }
    let mut numbers = BTreeSet::new();
    match lines.iter().find(|line| !numbers.insert(line.line)) {
        Some(twice) => Err(Rejection::LineTwice(twice.line)),
        None => Ok(()),
    }
}

fn requested(command: Request) -> Requested {
    Requested {
        head: Head {
            shipment: command.shipment,
            order: command.order,
            group: command.group,
            merchant: command.merchant,
            mall: command.mall,
            purpose: command.purpose,
            lines: command.lines,
        },
        recipient: command.recipient,
        dispatch_due: command.dispatch_due,
        at: command.at,
    }
}
