//! Purchase confirmation (구매확정): what is delivered and free becomes final, and its money the merchant's.

use std::collections::BTreeMap;

use kernel::Quantity;

use super::named::{Named, enough, named};
use super::{Decision, paid, placed, with_end};
use crate::command::{Confirm, HoldConfirmation, ReleaseHold};
use crate::event::{ConfirmationHeld, ConfirmedLine, Event, HoldReleased, LinesConfirmed};
use crate::pieces::Run;
use crate::state::{Phase, State};
use crate::value::{ConfirmedBy, LineQuantity};
use crate::{Rejection, policy};

pub(super) fn confirm(state: &State, confirm: &Confirm) -> Decision {
    let placed = placed(state)?;
    if is_repeated(state, confirm) {
        return Ok(Vec::new());
    }
    paid(state)?;
    check_hold(state, confirm)?;
    let asked = confirm.lines.clone().unwrap_or_else(|| everything_free(state));
    if asked.is_empty() && confirm.lines.is_none() {
        return nothing_to_confirm(confirm.by);
    }
    let lines = named(state, &asked)?.into_iter().map(confirmed).collect::<Result<Vec<_>, _>>()?;
    let event = Event::LinesConfirmed(LinesConfirmed {
        order: placed.order,
        mall: placed.mall.clone(),
        currency: placed.currency,
        member: placed.member,
        lines: lines.into_iter().flatten().collect(),
        placed_at: placed.at,
        by: confirm.by,
        at: confirm.at,
    });
    Ok(with_end(state, placed, event, confirm.at))
}

/// Time finds everything as it should be. Somebody who asks is told no: a yes would be a promise that nothing keeps.
fn nothing_to_confirm(by: ConfirmedBy) -> Decision {
    match by {
        ConfirmedBy::System => Ok(Vec::new()),
        ConfirmedBy::Shopper | ConfirmedBy::Operator => Err(Rejection::NothingToConfirm),
    }
}

/// Everything, of an order with nothing left; or just the pieces that were confirmed last, at this very instant.
fn is_repeated(state: &State, confirm: &Confirm) -> bool {
    let is_last = |lines: &[LineQuantity]| {
        let asked = lines.iter().map(|asked| (asked.line, asked.quantity.get()));
        let asked = asked.collect::<BTreeMap<_, _>>();
        state.confirmation().is_some_and(|last| last.at == confirm.at && last.pieces == asked)
    };
    match &confirm.lines {
        None => state.phase() == Phase::Closed,
        Some(lines) => is_last(lines),
    }
}

/// Time may not confirm what the shopper holds. The shopper and an operator may.
fn check_hold(state: &State, confirm: &Confirm) -> Result<(), Rejection> {
    match (confirm.by, state.hold()) {
        (ConfirmedBy::System, Some(hold)) if policy::holds(hold.until, confirm.at) => {
            Err(Rejection::ConfirmationHeld { until: hold.until })
        }
        (ConfirmedBy::System | ConfirmedBy::Shopper | ConfirmedBy::Operator, _) => Ok(()),
    }
}

fn everything_free(state: &State) -> Vec<LineQuantity> {
    let free = |pieces| Quantity::new(pieces).ok();
    let lines = state.lines().filter_map(|(placed, line)| {
        free(line.free().delivered).map(|quantity| LineQuantity { line: placed.line, quantity })
    });
    lines.collect()
}

/// The runs of one line to confirm, each with what it is worth.
fn confirmed((placed, line, asked): Named<'_>) -> Result<Vec<ConfirmedLine>, Rejection> {
    enough(asked, line.free().delivered, line.held().delivered)?;
    let runs = line.free_pieces().pick(asked.quantity.get());
    Ok(runs.into_iter().filter_map(|run: Run| ConfirmedLine::of(placed, run)).collect())
}

pub(super) fn hold(state: &State, hold: &HoldConfirmation) -> Decision {
    let placed = paid(state)?;
    let HoldConfirmation { until, at } = *hold;
    if state.hold().is_some_and(|held| held.until == until) {
        return Ok(Vec::new());
    }
    if until.is_some_and(|until| until <= at || until - at > policy::HOLD_MAX) {
        return Err(Rejection::BadHoldEnd);
    }
    Ok(vec![Event::ConfirmationHeld(ConfirmationHeld { order: placed.order, until, at })])
}

pub(super) fn release(state: &State, release: &ReleaseHold) -> Decision {
    let order = placed(state)?.order;
    if state.hold().is_none() {
        return Ok(Vec::new());
    }
    paid(state)?;
    Ok(vec![Event::HoldReleased(HoldReleased { order, at: release.at })])
}
