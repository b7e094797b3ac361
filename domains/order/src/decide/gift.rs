//! A gift (선물하기): its recipient accepts or declines it, its time runs out, or its buyer stops it before. Whoever
//! comes first decides.

use kernel::Timestamp;

use super::{Decision, placed};
use crate::command::{AcceptGift, DeclineGift, LapseGift};
use crate::event::{Event, GiftAccepted, GiftEnded};
use crate::state::{AcceptedGift, Gift, State};
use crate::value::GiftEnding;
use crate::{Rejection, policy};

pub(super) fn accept(state: &State, accept: AcceptGift) -> Decision {
    let order = placed(state)?.order;
    if state.gift().is_some_and(|gift| is_for(gift, &accept)) {
        return Ok(Vec::new());
    }
    let accept_by = waiting(state)?;
    if !policy::may_accept(accept_by, accept.at) {
        return Err(Rejection::GiftOver { ending: GiftEnding::Lapsed });
    }
    if nothing_to_send(state) {
        return Err(Rejection::GiftOver { ending: GiftEnding::Cancelled });
    }
    let AcceptGift { recipient, memo, at } = accept;
    Ok(vec![Event::GiftAccepted(GiftAccepted { order, recipient, memo, at })])
}

pub(super) fn decline(state: &State, decline: &DeclineGift) -> Decision {
    end(state, GiftEnding::Declined, decline.at)
}

pub(super) fn lapse(state: &State, lapse: &LapseGift) -> Decision {
    match state.gift() {
        Some(Gift::Waiting { accept_by }) if policy::may_accept(*accept_by, lapse.at) => {
            Err(Rejection::GiftStillWaits { accept_by: *accept_by })
        }
        Some(_) | None => end(state, GiftEnding::Lapsed, lapse.at),
    }
}

/// Ends a gift that waits; one that ended in that way has.
pub(super) fn end(state: &State, ending: GiftEnding, at: Timestamp) -> Decision {
    let order = placed(state)?.order;
    if state.gift() == Some(&Gift::Ended(ending)) {
        return Ok(Vec::new());
    }
    waiting(state)?;
    Ok(vec![Event::GiftEnded(GiftEnded { order, ending, at })])
}

/// Until when a gift waits, or why it doesn't.
fn waiting(state: &State) -> Result<Timestamp, Rejection> {
    match state.gift() {
        Some(Gift::Waiting { accept_by }) => Ok(*accept_by),
        Some(Gift::Unpaid) => Err(Rejection::NotPaid { phase: state.phase() }),
        Some(Gift::Accepted(_)) => Err(Rejection::GiftAccepted),
        Some(Gift::Ended(ending)) => Err(Rejection::GiftOver { ending: *ending }),
        None => Err(Rejection::NotAGift),
    }
}

/// Whether it was accepted with exactly this.
fn is_for(gift: &Gift, accept: &AcceptGift) -> bool {
    match gift {
        Gift::Accepted(AcceptedGift { recipient, memo, .. }) => {
            *recipient == accept.recipient && *memo == accept.memo
        }
        Gift::Unpaid | Gift::Waiting { .. } | Gift::Ended(_) => false,
    }
}

/// Whether claims hold whatever was not cancelled yet.
fn nothing_to_send(state: &State) -> bool {
    state.lines().all(|(_, line)| line.free().pieces() == 0)
}
