//! Saying yes or no to a claim, and taking it back.

use super::{Decision, not_held, only, wrong_phase};
use crate::command::{Accept, Approve, Reject, Withdraw};
use crate::event::{Accepted, Approved, Rejected, Withdrawn};
use crate::policy::parties::{may_judge, may_withdraw};
use crate::policy::refusals::{Ground, may_reject, waits_for_shopper};
use crate::state::{Case, Phase};
use crate::value::{Kind, Party};
use crate::{Event, Rejection};

pub(super) fn approve(case: &Case, command: &Approve) -> Decision {
    only(Kind::Cancel, case, "approved")?;
    judged_by(command.by, "approved")?;
    match case.phase() {
        Phase::Requested => Ok(vec![Event::Approved(Approved {
            subject: case.subject().clone(),
            lines: case.claimed(),
            by: command.by,
            at: command.at,
        })]),
        Phase::Rejected | Phase::Withdrawn => wrong_phase(case.phase(), "approved"),
        Phase::Approved
        | Phase::Accepted
        | Phase::PickupRequested { .. }
        | Phase::Collected { .. }
        | Phase::Inspected(_)
        | Phase::Refunding { .. }
        | Phase::Completed { .. } => Ok(Vec::new()),
    }
}

pub(super) fn accept(case: &Case, command: &Accept) -> Decision {
    only(Kind::Return, case, "accepted")?;
    judged_by(command.by, "accepted")?;
    match case.phase() {
        Phase::Requested => {
            not_held(case)?;
            Ok(vec![Event::Accepted(Accepted {
                subject: case.subject().clone(),
                lines: case.claimed(),
                by: command.by,
                at: command.at,
            })])
        }
        Phase::Rejected | Phase::Withdrawn => wrong_phase(case.phase(), "accepted"),
        Phase::Approved
        | Phase::Accepted
        | Phase::PickupRequested { .. }
        | Phase::Collected { .. }
        | Phase::Inspected(_)
        | Phase::Refunding { .. }
        | Phase::Completed { .. } => Ok(Vec::new()),
    }
}

/// Holds don't keep a claim from its end: for some, the refusal is what they waited for.
pub(super) fn reject(case: &Case, command: &Reject) -> Decision {
    judged_by(command.by, "rejected")?;
    if case.phase() == Phase::Rejected {
        return Ok(Vec::new());
    }
    let ground = Ground {
        refusal: command.refusal,
        by: command.by,
        hold: case.hold().map(|hold| hold.reason),
        on_its_way: case.is_on_its_way(),
    };
    if may_reject(case.kind(), case.phase(), ground) {
        their_time_is_over(case, command)?;
        Ok(vec![Event::Rejected(Rejected {
            subject: case.subject().clone(),
            lines: case.claimed(),
            refusal: command.refusal,
            by: command.by,
            goods_go_back: matches!(case.phase(), Phase::Collected { .. } | Phase::Inspected(_)),
            at: command.at,
        })])
    } else {
        wrong_phase(case.phase(), "rejected")
    }
}

/// Once a promise was made, who has to act has until the end of the hold.
fn their_time_is_over(case: &Case, command: &Reject) -> Result<(), Rejection> {
    match case.hold() {
        Some(hold) if waits_for_shopper(command.refusal) && command.at <= hold.due => {
            Err(Rejection::StillTime(hold.due))
        }
        Some(_) | None => Ok(()),
    }
}

pub(super) fn withdraw(case: &Case, command: &Withdraw) -> Decision {
    if !may_withdraw(command.by) {
        return Err(Rejection::NotYours { by: command.by, action: "withdrawn" });
    }
    match case.phase() {
        Phase::Requested | Phase::Accepted => Ok(withdrawn(case, command, None)),
        Phase::PickupRequested { .. } if case.is_on_its_way() => Err(Rejection::OnItsWay),
        Phase::PickupRequested { shipment } => Ok(withdrawn(case, command, Some(shipment))),
        Phase::Withdrawn => Ok(Vec::new()),
        Phase::Approved
        | Phase::Collected { .. }
        | Phase::Inspected(_)
        | Phase::Refunding { .. }
        | Phase::Completed { .. }
        | Phase::Rejected => wrong_phase(case.phase(), "withdrawn"),
    }
}

fn withdrawn(case: &Case, command: &Withdraw, shipment: Option<kernel::id::ShipmentId>) -> Vec<Event> {
    vec![Event::Withdrawn(Withdrawn {
        subject: case.subject().clone(),
        lines: case.claimed(),
        by: command.by,
        shipment,
        at: command.at,
    })]
}

fn judged_by(by: Party, action: &'static str) -> Result<(), Rejection> {
    if may_judge(by) { Ok(()) } else { Err(Rejection::NotYours { by, action }) }
}
