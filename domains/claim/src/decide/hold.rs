//! Letting a return wait (보류) for somebody, and letting it go on.

use super::{Decision, only, wrong_phase};
use crate::command::{Hold, Resume};
use crate::event::{Held, Resumed};
use crate::policy::SHOPPERS_TIME;
use crate::policy::parties::duty_of;
use crate::state::{Case, Phase};
use crate::value::{HoldReason, Kind, Party, Verdict};
use crate::{Event, Rejection};

pub(super) fn hold(case: &Case, command: &Hold) -> Decision {
    only(Kind::Return, case, "held")?;
    match case.hold() {
        Some(before) if before.reason == command.reason => return Ok(Vec::new()),
        Some(before) => return Err(Rejection::OnHold(before.reason)),
        None => {}
    }
    match case.phase() {
        Phase::Requested
        | Phase::Accepted
        | Phase::PickupRequested { .. }
        | Phase::Collected { .. }
        | Phase::Inspected(Verdict::Pass | Verdict::Fail) => held(case, command),
        Phase::Approved
        | Phase::Refunding { .. }
        | Phase::Completed { .. }
        | Phase::Rejected
        | Phase::Withdrawn => wrong_phase(case.phase(), "held"),
    }
}

fn held(case: &Case, command: &Hold) -> Decision {
    if command.due <= command.at {
        return Err(Rejection::HoldAlreadyOver);
    }
    if duty_of(command.reason) == Party::Shopper && command.due - command.at < SHOPPERS_TIME {
        return Err(Rejection::HoldTooShort);
    }
    if command.reason == HoldReason::ReturnFeeUnpaid && case.quote().unpaid_fee.is_zero() {
        return Err(Rejection::NothingUnpaid);
    }
    Ok(vec![Event::Held(Held {
        subject: case.subject().clone(),
        hold: command.reason,
        duty: duty_of(command.reason),
        due: command.due,
        unpaid_fee: case.quote().unpaid_fee,
        at: command.at,
    })])
}

pub(super) fn resume(case: &Case, command: &Resume) -> Decision {
    only(Kind::Return, case, "resumed")?;
    let resumed = case.hold().map(|hold| {
        Event::Resumed(Resumed { subject: case.subject().clone(), hold: hold.reason, at: command.at })
    });
    Ok(resumed.into_iter().collect())
}
