//! Fulfilment: pieces move on with their shipments, however late or out of order the steps are seen.

use kernel::Quantity;
use kernel::id::ShipmentId;

use super::named::{Named, enough, named};
use super::{Decision, paid, placed};
use crate::command::{Deliver, Lose, Prepare, Ship};
use crate::event::{Event, LinesDelivered, LinesLost, LinesPrepared, LinesShipped, MovedLine, Taken};
use crate::state::{Shipment, Stage, State};
use crate::value::LineQuantity;
use crate::{Rejection, policy};

pub(super) fn prepare(state: &State, step: &Prepare) -> Decision {
    let Prepare { shipment, at, .. } = *step;
    let lines = advance(state, Stage::Prepared, shipment, &step.lines)?;
    let order = placed(state)?.order;
    Ok(unless_empty(lines, |lines| Event::LinesPrepared(LinesPrepared { order, shipment, lines, at })))
}

pub(super) fn ship(state: &State, step: &Ship) -> Decision {
    let Ship { shipment, at, .. } = *step;
    let lines = advance(state, Stage::Shipped, shipment, &step.lines)?;
    let order = placed(state)?.order;
    Ok(unless_empty(lines, |lines| Event::LinesShipped(LinesShipped { order, shipment, lines, at })))
}

pub(super) fn deliver(state: &State, step: &Deliver) -> Decision {
    let Deliver { shipment, at, .. } = *step;
    let lines = advance(state, Stage::Delivered, shipment, &step.lines)?;
    let order = placed(state)?.order;
    let confirm_after_days = placed(state)?.confirm_after_days;
    Ok(unless_empty(lines, |lines| {
        Event::LinesDelivered(LinesDelivered { order, shipment, lines, confirm_after_days, at })
    }))
}

pub(super) fn lose(state: &State, step: &Lose) -> Decision {
    let Lose { shipment, at, .. } = *step;
    let lines = advance(state, Stage::Lost, shipment, &step.lines)?;
    let order = placed(state)?.order;
    Ok(unless_empty(lines, |lines| Event::LinesLost(LinesLost { order, shipment, lines, at })))
}

fn unless_empty(lines: Vec<MovedLine>, event: impl FnOnce(Vec<MovedLine>) -> Event) -> Vec<Event> {
    if lines.is_empty() { Vec::new() } else { vec![event(lines)] }
}

/// Where the pieces of a shipment come from as it reaches a stage; nothing where it is already there or further.
fn advance(
    state: &State,
    to: Stage,
    shipment: ShipmentId,
    lines: &[LineQuantity],
) -> Result<Vec<MovedLine>, Rejection> {
    placed(state)?;
    let seen = state.shipments().get(&shipment);
    match seen {
        Some(seen) if seen.stage > to => return Ok(Vec::new()),
        Some(seen) if seen.stage == to => return repeated(seen, shipment, lines),
        Some(_) | None => {}
    }
    paid(state)?;
    if state.recipient().is_none() {
        return Err(Rejection::GiftNotAccepted);
    }
    if seen.is_none() && state.shipments().len() >= policy::SHIPMENTS_MAX {
        return Err(Rejection::TooManyShipments);
    }
    named(state, lines)?.into_iter().map(|line| moved(line, to, seen)).collect()
}

fn repeated(
    seen: &Shipment,
    shipment: ShipmentId,
    lines: &[LineQuantity],
) -> Result<Vec<MovedLine>, Rejection> {
    if seen.carries(lines) { Ok(Vec::new()) } else { Err(Rejection::ShipmentDiffers { shipment }) }
}

fn moved(
    (placed, line, asked): Named<'_>,
    stage: Stage,
    seen: Option<&Shipment>,
) -> Result<MovedLine, Rejection> {
    let own = seen.map(|seen| seen.own(asked.line)).unwrap_or_default();
    let (free, held) = (reachable(stage, line.free(), own), reachable(stage, line.held(), Taken::default()));
    enough(asked, free.pieces(), held.pieces())?;
    let from = taken(asked.quantity, free, own);
    Ok(MovedLine {
        line: asked.line,
        merchant: placed.merchant,
        sku: placed.sku,
        quantity: asked.quantity,
        from,
    })
}

/// The pieces that a shipment on its way to a stage can take. Of those that left, only its own.
fn reachable(stage: Stage, free: Taken, own: Taken) -> Taken {
    let shipped = own.shipped.min(free.shipped);
    let not_left = Taken { ordered: free.ordered, ..Taken::default() };
    match stage {
        Stage::Prepared => not_left,
        Stage::Shipped => Taken { preparing: free.preparing, ..not_left },
        Stage::Lost => Taken { shipped, ..Taken::default() },
        Stage::Delivered => Taken { preparing: free.preparing, shipped, ..not_left },
    }
}

/// Takes a shipment's own pieces first, then those never seen moving, then those whose shipment changed.
fn taken(quantity: Quantity, free: Taken, own: Taken) -> Taken {
    let mut missing = quantity.get();
    let mut take = |pieces: u32| {
        let taken = pieces.min(missing);
        missing -= taken;
        taken
    };
    let shipped = take(free.shipped);
    let own_preparing = take(own.preparing.min(free.preparing));
    let ordered = take(free.ordered);
    let other_preparing = take(free.preparing.saturating_sub(own_preparing));
    Taken { ordered, preparing: own_preparing + other_preparing, shipped, ..Taken::default() }
}
