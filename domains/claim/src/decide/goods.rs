//! The way back of the goods: picked up, collected, inspected.

use std::collections::BTreeSet;

use kernel::Timestamp;
use kernel::id::ShipmentId;

use super::{Decision, not_held, only, runs, wrong_phase};
use crate::command::{Collect, Inspect, RecordPickupDispatch, RequestPickup};
use crate::event::{Collected, Inspected, PickupDispatched, PickupRequested};
use crate::policy::{MAX_LINES, MAX_PICKUPS};
use crate::state::{Case, Phase};
use crate::value::{ClaimLine, InspectedLine, Inspection, Kind, RestockLine};
use crate::{Event, Rejection};

pub(super) fn request_pickup(case: &Case, command: &RequestPickup) -> Decision {
    only(Kind::Return, case, "picked up")?;
    if case.pickups().contains(&command.shipment) {
        return Ok(Vec::new());
    }
    match case.phase() {
        Phase::Accepted | Phase::PickupRequested { .. } => {
            not_held(case)?;
            another_pickup(case, command)
        }
        Phase::Requested
        | Phase::Approved
        | Phase::Collected { .. }
        | Phase::Inspected(_)
        | Phase::Refunding { .. }
        | Phase::Completed { .. }
        | Phase::Rejected
        | Phase::Withdrawn => wrong_phase(case.phase(), "picked up"),
    }
}

fn another_pickup(case: &Case, command: &RequestPickup) -> Decision {
    if case.pickups().len() >= MAX_PICKUPS {
        return Err(Rejection::TooManyPickups);
    }
    Ok(vec![Event::PickupRequested(PickupRequested {
        subject: case.subject().clone(),
        lines: case.claimed(),
        shipment: command.shipment,
        at: command.at,
    })])
}

/// A fact: a hold doesn't stop it. Of a pickup that another has taken the place of, nothing follows.
pub(super) fn record_dispatch(case: &Case, command: &RecordPickupDispatch) -> Decision {
    only(Kind::Return, case, "on its way back")?;
    if !case.pickups().contains(&command.shipment) {
        return Err(Rejection::UnknownPickup(command.shipment));
    }
    match case.phase() {
        Phase::PickupRequested { shipment } if shipment == command.shipment && !case.is_on_its_way() => {
            Ok(vec![Event::PickupDispatched(PickupDispatched {
                subject: case.subject().clone(),
                shipment,
                at: command.at,
            })])
        }
        Phase::Rejected | Phase::Withdrawn => wrong_phase(case.phase(), "on its way back"),
        Phase::Requested
        | Phase::Approved
        | Phase::Accepted
        | Phase::PickupRequested { .. }
        | Phase::Collected { .. }
        | Phase::Inspected(_)
        | Phase::Refunding { .. }
        | Phase::Completed { .. } => Ok(Vec::new()),
    }
}

pub(super) fn collect(case: &Case, command: &Collect) -> Decision {
    only(Kind::Return, case, "collected")?;
    match case.phase() {
        Phase::PickupRequested { shipment } => Ok(vec![collected(case, shipment, command.at)]),
        Phase::Collected { .. } | Phase::Inspected(_) | Phase::Refunding { .. } | Phase::Completed { .. } => {
            Ok(Vec::new())
        }
        Phase::Requested | Phase::Approved | Phase::Accepted | Phase::Rejected | Phase::Withdrawn => {
            wrong_phase(case.phase(), "collected")
        }
    }
}

fn collected(case: &Case, shipment: ShipmentId, at: Timestamp) -> Event {
    Event::Collected(Collected { subject: case.subject().clone(), lines: case.claimed(), shipment, at })
}

pub(super) fn inspect(case: &Case, command: Inspect) -> Decision {
    only(Kind::Return, case, "inspected")?;
    match (case.inspection(), case.phase()) {
        (Some(before), _) if *before == command.result => Ok(Vec::new()),
        (Some(_), _) => Err(Rejection::AlreadyInspected),
        (None, Phase::Collected { .. }) => {
            not_held(case)?;
            inspected(case, command)
        }
        (None, phase) => wrong_phase(phase, "inspected"),
    }
}

fn inspected(case: &Case, command: Inspect) -> Decision {
    let restock = match &command.result {
        Inspection::Pass { lines } => restock(case.lines(), lines)?,
        Inspection::Fail { .. } => Vec::new(),
    };
    Ok(vec![Event::Inspected(Inspected {
        subject: case.subject().clone(),
        lines: case.claimed(),
        result: command.result,
        restock,
        at: command.at,
    })])
}

/// What comes into stock; each claimed line must be inspected once, to the piece, however many runs it has.
fn restock(claimed: &[ClaimLine], inspected: &[InspectedLine]) -> Result<Vec<RestockLine>, Rejection> {
    if inspected.len() > MAX_LINES {
        return Err(Rejection::TooManyLines(inspected.len()));
    }
    let pieces = runs::pieces_by_line(claimed);
    let mut seen = BTreeSet::new();
    for line in inspected {
        if !pieces.contains_key(&line.line) || !seen.insert(line.line) {
            return Err(Rejection::InspectionDiffers(line.line));
        }
    }
    let mut named = BTreeSet::new();
    let lines = claimed.iter().filter(|run| named.insert(run.line));
    lines.map(|line| restock_line(line, pieces.get(&line.line).copied(), inspected)).collect()
}

fn restock_line(
    claimed: &ClaimLine,
    pieces: Option<u32>,
    inspected: &[InspectedLine],
) -> Result<RestockLine, Rejection> {
    inspected
        .iter()
        .find(|line| line.line == claimed.line)
        .filter(|line| line.resellable.checked_add(line.damaged) == pieces)
        .map(|line| RestockLine {
            line: line.line,
            sku: claimed.sku,
            merchant: claimed.merchant,
            resellable: line.resellable,
            damaged: line.damaged,
        })
        .ok_or(Rejection::InspectionDiffers(claimed.line))
}
