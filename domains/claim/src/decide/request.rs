//! Making a claim: the order's facts are checked against each other, the fault is fixed, the refund is quoted.
//!
//! Whether the pieces may still be claimed is the order's decision (its `OpenClaim`), taken in the same append.

use std::collections::{BTreeMap, BTreeSet};

use super::{Decision, runs};
use crate::command::{Request, RequestCancel, RequestReturn};
use crate::event::{Approved, Requested, Subject};
use crate::policy::{self, MAX_GROUPS, MAX_LINES, MAX_RUNS};
use crate::refund::{RefundInput, quote};
use crate::value::{ClaimLine, GroupFacts, Kind, Party, Reason};
use crate::{Event, Rejection, State};

pub(super) fn cancel(state: &State, command: RequestCancel) -> Decision {
    let RequestCancel { request, accepted, lost } = command;
    let requested = requested(Kind::Cancel, accepted, request);
    if let Some(case) = state.case() {
        return again(case.request(), &requested);
    }
    check(&requested)?;
    if !lost {
        nothing_is_lost(&requested)?;
    }
    let approved = policy::approves_by_itself(accepted).then(|| approved(&requested));
    Ok(std::iter::once(Event::Requested(requested)).chain(approved).collect())
}

pub(super) fn give_back(state: &State, command: RequestReturn) -> Decision {
    let requested = requested(Kind::Return, true, command.request);
    if let Some(case) = state.case() {
        return again(case.request(), &requested);
    }
    check(&requested)?;
    Ok(vec![Event::Requested(requested)])
}

/// The same request again is no error, whenever it is asked; another one under the same id is. The order's facts may
/// have moved on in between, so they don't count: the pieces of a line do, their numbers don't.
fn again(before: &Requested, now: &Requested) -> Decision {
    let pieces = |requested: &Requested| runs::pieces_by_line(&requested.lines);
    let same = before.subject == now.subject && pieces(before) == pieces(now);
    if same { Ok(Vec::new()) } else { Err(Rejection::AlreadyRequested) }
}

fn requested(kind: Kind, accepted: bool, request: Request) -> Requested {
    let fault = policy::fault_of(request.reason);
    let quote = quote(&RefundInput { kind, fault, lines: &request.lines, groups: &request.groups });
    let subject = Subject {
        claim: request.claim,
        order: request.order,
        payment: request.payment,
        mall: request.mall,
        currency: request.currency,
        member: request.member,
        kind,
        reason: request.reason,
        fault,
    };
    let Request { requested_by, lines, groups, at, .. } = request;
    Requested { subject, requested_by, lines, groups, accepted, quote, at }
}

fn approved(requested: &Requested) -> Event {
    Event::Approved(Approved {
        subject: requested.subject.clone(),
        lines: requested.claimed(),
        by: Party::System,
        at: requested.at,
    })
}

fn check(requested: &Requested) -> Result<(), Rejection> {
    reason_is_theirs(requested)?;
    limits(requested)?;
    runs::check(&requested.lines)?;
    one_merchant(&requested.lines)?;
    groups_are_those_of_lines(&requested.lines, &requested.groups)
}

fn reason_is_theirs(requested: &Requested) -> Result<(), Rejection> {
    let (kind, reason, by) = (requested.subject.kind, requested.subject.reason, requested.requested_by);
    if !policy::reason_fits(kind, reason) {
        Err(Rejection::ReasonDoesNotFit { kind, reason })
    } else if !policy::parties::may_cite(by, reason) {
        Err(Rejection::ReasonNotYours { by, reason })
    } else {
        Ok(())
    }
}

/// A shopper can say that a parcel is lost once its carrier has.
fn nothing_is_lost(requested: &Requested) -> Result<(), Rejection> {
    match (requested.requested_by, requested.subject.reason) {
        (by @ Party::Shopper, reason @ Reason::Lost) => Err(Rejection::ReasonNotYours { by, reason }),
        (_, _) => Ok(()),
    }
}

fn limits(requested: &Requested) -> Result<(), Rejection> {
    if requested.lines.len() > MAX_RUNS {
        return Err(Rejection::TooManyRuns(requested.lines.len()));
    }
    match (runs::pieces_by_line(&requested.lines).len(), requested.groups.len()) {
        (0, _) => Err(Rejection::NoLines),
        (lines, _) if lines > MAX_LINES => Err(Rejection::TooManyLines(lines)),
        (_, groups) if groups > MAX_GROUPS => Err(Rejection::TooManyGroups(groups)),
        (_, _) => Ok(()),
    }
}

/// Each line has its group, each group a line, and both the same merchant.
fn groups_are_those_of_lines(lines: &[ClaimLine], groups: &[GroupFacts]) -> Result<(), Rejection> {
    let mut merchants = BTreeMap::new();
    for group in groups {
        let named = lines.iter().any(|line| line.group == group.group);
        if !named || merchants.insert(group.group, group.merchant).is_some() {
            return Err(Rejection::GroupsDiffer(group.group));
        }
    }
    match lines.iter().find(|line| merchants.get(&line.group) != Some(&line.merchant)) {
        Some(line) => Err(Rejection::GroupsDiffer(line.group)),
        None => Ok(()),
    }
}

/// One merchant answers for a claim and nobody else: a return goes to one address, a cancel has one to say yes.
fn one_merchant(lines: &[ClaimLine]) -> Result<(), Rejection> {
    let merchants: BTreeSet<_> = lines.iter().map(|line| line.merchant).collect();
    if merchants.len() > 1 { Err(Rejection::SeveralMerchants) } else { Ok(()) }
}
