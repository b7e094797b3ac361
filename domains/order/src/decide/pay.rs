//! From placement to payment: paid, expired, or stopped.

use super::{Decision, gift, placed};
use crate::command::{Cancel, Expire, MarkPaid};
use crate::event::{Cancelled, Event, Expired, Paid, Placed};
use crate::state::{Gift, Phase, State};
use crate::value::{CancelReason, GiftEnding};
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
        accept_by: placed.gift.as_ref().map(|gift| policy::accept_by(paid.at, gift.accept_within_days)),
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
    if may_stop_gift(state, cancel.reason) {
        return gift::end(state, GiftEnding::Cancelled, cancel.at);
    }
    pending(state)?;
    let Placed { order, payment, .. } = *placed;
    let (reason, redeemed, at) = (cancel.reason, placed.let_go(), cancel.at);
    Ok(vec![Event::Cancelled(Cancelled { order, payment, reason, redeemed, at })])
}

/// Whether it is a paid gift that its buyer, or an operator for them, can stop, or has stopped.
fn may_stop_gift(state: &State, reason: CancelReason) -> bool {
    let stoppable = matches!(
        state.gift(),
        Some(Gift::Waiting { .. } | Gift::Ended(GiftEnding::Cancelled)) if state.phase() == Phase::Paid
    );
    stoppable && matches!(reason, CancelReason::Shopper | CancelReason::Operator)
}

fn pending(state: &State) -> Result<(), Rejection> {
    match state.phase() {
        Phase::PendingPayment => Ok(()),
        phase @ (Phase::Absent | Phase::Paid | Phase::Closed | Phase::Expired | Phase::Cancelled) => {
            Err(Rejection::NotPending { phase })
        }
    }
}
