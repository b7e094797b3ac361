//! From placement to payment: paid, expired, or stopped.

use super::{Decision, placed};
use crate::command::{Cancel, Expire, MarkPaid};
use crate::event::{Cancelled, Event, Expired, Paid, Placed};
use crate::state::{Phase, State};
use crate::value::CancelReason;
use crate::{Rejection, policy};

pub(super) fn mark_paid(state: &State, paid: &MarkPaid) -> Decision {
    let placed = placed(state)?;
    if paid.payment != placed.payment {
        return Err(Rejection::OtherPayment);
    }
    if state.paid_at().is_some() {
        return Ok(Vec::new());
    }
    pending(state)?;
    Ok(vec![Event::Paid(Paid {
        order: placed.order,
        mall: placed.mall.clone(),
        member: placed.member,
        payment: paid.payment,
        currency: placed.currency,
        total: placed.total,
        redeemed: placed.redeemed(),
        at: paid.at,
    })])
}

pub(super) fn expire(state: &State, expire: &Expire) -> Decision {
    let placed = placed(state)?;
    if state.phase() == Phase::Expired {
        return Ok(Vec::new());
    }
    pending(state)?;
    if !policy::may_expire(placed.payment_due, expire.at) {
        return Err(Rejection::StillPayable { due: placed.payment_due });
    }
    let Placed { order, payment, .. } = *placed;
    let redeemed = placed.let_go();
    Ok(vec![Event::Expired(Expired { order, payment, redeemed, at: expire.at })])
}

pub(super) fn cancel(state: &State, cancel: &Cancel) -> Decision {
    let placed = placed(state)?;
    if cancel.reason == CancelReason::EveryPieceCancelled {
        return Err(Rejection::ReasonNotGivable);
    }
    if state.phase() == Phase::Cancelled {
        return Ok(Vec::new());
    }
    pending(state)?;
    let Placed { order, payment, .. } = *placed;
    let (reason, redeemed, at) = (cancel.reason, placed.let_go(), cancel.at);
    Ok(vec![Event::Cancelled(Cancelled { order, payment, reason, redeemed, at })])
}

fn pending(state: &State) -> Result<(), Rejection> {
    match state.phase() {
        Phase::PendingPayment => Ok(()),
        phase @ (Phase::Absent | Phase::Paid | Phase::Closed | Phase::Expired | Phase::Cancelled) => {
            Err(Rejection::NotPending { phase })
        }
    }
}
