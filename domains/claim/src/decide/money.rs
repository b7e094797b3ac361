//! Paying back: the intent is an event first, the outcome an event after. The payment itself is another context's.

use kernel::Timestamp;
use kernel::id::RefundId;

use super::request::groups_are_those_of_lines;
use super::{Decision, not_held, wrong_phase};
use crate::command::{RecordRefund, RecordRefundFailure, StartRefund};
use crate::event::{Completed, RefundFailed, RefundStarted};
use crate::policy::MAX_FAILED_REFUNDS;
use crate::refund::RefundQuote;
use crate::state::{Case, Phase};
use crate::value::Verdict;
use crate::{Event, Rejection};

pub(super) fn start_refund(case: &Case, command: &StartRefund) -> Decision {
    match case.phase() {
        Phase::Approved | Phase::Inspected(Verdict::Pass) => {
            not_held(case)?;
            may_start(case, command.refund)?;
            let quote = quoted(case, command)?;
            Ok(vec![started(case, command, quote)])
        }
        Phase::Refunding { refund } | Phase::Completed { refund: Some(refund) } => {
            if refund == command.refund {
                Ok(Vec::new())
            } else {
                Err(Rejection::RefundAlreadyStarted(refund))
            }
        }
        Phase::Completed { refund: None } => Ok(Vec::new()),
        Phase::Requested
        | Phase::Accepted
        | Phase::PickupRequested { .. }
        | Phase::Collected { .. }
        | Phase::Inspected(Verdict::Fail)
        | Phase::Rejected
        | Phase::Withdrawn => wrong_phase(case.phase(), "refunded"),
    }
}

fn may_start(case: &Case, refund: RefundId) -> Result<(), Rejection> {
    if case.failed_refunds().contains(&refund) {
        Err(Rejection::RefundFailedBefore(refund))
    } else if case.failed_refunds().len() >= MAX_FAILED_REFUNDS {
        Err(Rejection::TooManyFailedRefunds)
    } else {
        Ok(())
    }
}

/// The final quote: from the order's facts the first time, the same again after a failure.
fn quoted(case: &Case, command: &StartRefund) -> Result<RefundQuote, Rejection> {
    if !case.is_quoted_for_good() {
        groups_are_those_of_lines(case.lines(), &command.groups)?;
    }
    Ok(case.quote_by(&command.groups))
}

/// The intent to pay back; where nothing is due the claim is done.
fn started(case: &Case, command: &StartRefund, quote: RefundQuote) -> Event {
    let amount = quote.total;
    if amount.is_zero() {
        return completed(case, None, quote, command.at);
    }
    Event::RefundStarted(RefundStarted {
        subject: case.subject().clone(),
        lines: case.claimed(),
        refund: command.refund,
        amount,
        quote,
        at: command.at,
    })
}

pub(super) fn record_refund(case: &Case, command: &RecordRefund) -> Decision {
    match case.phase() {
        Phase::Refunding { refund } if refund == command.refund => {
            Ok(vec![completed(case, Some(refund), case.quote().clone(), command.at)])
        }
        Phase::Completed { refund: Some(refund) } if refund == command.refund => Ok(Vec::new()),
        Phase::Refunding { .. } | Phase::Completed { .. } => Err(Rejection::UnknownRefund(command.refund)),
        Phase::Requested
        | Phase::Approved
        | Phase::Accepted
        | Phase::PickupRequested { .. }
        | Phase::Collected { .. }
        | Phase::Inspected(_)
        | Phase::Rejected
        | Phase::Withdrawn => wrong_phase(case.phase(), "completed"),
    }
}

pub(super) fn record_failure(case: &Case, command: &RecordRefundFailure) -> Decision {
    if case.failed_refunds().contains(&command.refund) {
        return Ok(Vec::new());
    }
    match case.phase() {
        Phase::Refunding { refund } if refund == command.refund => {
            Ok(vec![Event::RefundFailed(RefundFailed {
                subject: case.subject().clone(),
                refund,
                amount: case.quote().total,
                at: command.at,
            })])
        }
        Phase::Refunding { .. } => Err(Rejection::UnknownRefund(command.refund)),
        Phase::Requested
        | Phase::Approved
        | Phase::Accepted
        | Phase::PickupRequested { .. }
        | Phase::Collected { .. }
        | Phase::Inspected(_)
        | Phase::Completed { .. }
        | Phase::Rejected
        | Phase::Withdrawn => wrong_phase(case.phase(), "marked as failed to refund"),
    }
}

fn completed(case: &Case, refund: Option<RefundId>, quote: RefundQuote, at: Timestamp) -> Event {
    Event::Completed(Completed {
        subject: case.subject().clone(),
        lines: case.claimed(),
        refund,
        amount: quote.total,
        quote,
        at,
    })
}
