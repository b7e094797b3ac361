//! Giving money back: the intent with its amounts per tender, then its outcome. Never more than was captured.

use kernel::Amount;

use super::{Decision, receipt};
use crate::command::{RecordRefund, RecordRefundFailure, StartRefund};
use crate::event::{Event, RefundFailed, RefundStarted, Refunded};
use crate::policy;
use crate::rejection::Rejection;
use crate::state::{Capture, Known, Refund, RefundOutcome};
use crate::value::GatewayReference;

/// Starts a refund: holds its amounts, tender by tender, before the gateway is called.
pub(super) fn start(known: &Known, command: StartRefund) -> Decision {
    if let Some(refund) = known.refunds.get(&command.refund) {
        return asked_again(refund, &command);
    }
    if !policy::is_key(&command.key) {
        return Err(Rejection::KeyOutOfRange);
    }
    let capture = known.refunded_from(command.stray.as_ref()).ok_or(Rejection::NotCaptured)?;
    check_amount(known, capture, command.amount)?;
    let reference = capture.reference.clone().ok_or(Rejection::NotCaptured)?;
    Ok(vec![Event::RefundStarted(started(known, capture, reference, command))])
}

/// Records that the money went back.
pub(super) fn record(known: &Known, command: RecordRefund) -> Decision {
    let refund = known.refunds.get(&command.refund).ok_or(Rejection::RefundNotStarted)?;
    match &refund.outcome {
        RefundOutcome::InFlight => {
            let cancelled = receipt::cancelled(known, refund, &command);
            let refunded = Event::Refunded(refunded(known, refund, command));
            Ok(std::iter::once(refunded).chain(cancelled).collect())
        }
        RefundOutcome::Done { gateway_reference } if *gateway_reference == command.gateway_reference => {
            Ok(vec![])
        }
        RefundOutcome::Done { .. } => Err(Rejection::AlreadyRefunded),
        RefundOutcome::Failed { .. } => Err(Rejection::RefundAlreadyFailed),
    }
}

/// Records that nothing went back; the amount can be refunded again.
pub(super) fn fail(known: &Known, command: &RecordRefundFailure) -> Decision {
    let refund = known.refunds.get(&command.refund).ok_or(Rejection::RefundNotStarted)?;
    match &refund.outcome {
        RefundOutcome::InFlight => Ok(vec![Event::RefundFailed(failed(refund, command))]),
        RefundOutcome::Done { .. } => Err(Rejection::AlreadyRefunded),
        RefundOutcome::Failed { .. } => Ok(vec![]),
    }
}

fn asked_again(refund: &Refund, command: &StartRefund) -> Decision {
    if refund.started.amount == command.amount { Ok(vec![]) } else { Err(Rejection::RefundIdTaken) }
}

fn check_amount(known: &Known, capture: &Capture, asked: Amount) -> Result<(), Rejection> {
    if asked.is_zero() || asked.is_negative() {
        return Err(Rejection::AmountOutOfRange(asked));
    }
    let refundable = capture.refundable();
    if asked > refundable {
        return Err(Rejection::RefundTooLarge { refundable, asked });
    }
    if known.refunds.len() >= policy::MAX_REFUNDS {
        return Err(Rejection::TooManyRefunds);
    }
    Ok(())
}

fn started(
    known: &Known,
    capture: &Capture,
    capture_reference: GatewayReference,
    command: StartRefund,
) -> RefundStarted {
    RefundStarted {
        head: known.request.head.clone(),
        refund: command.refund,
        claim: command.reason_claim,
        cause: capture.cause,
        capture_reference,
        key: command.key,
        amount: command.amount,
        tenders: capture.spread(command.amount),
        at: command.at,
    }
}

fn refunded(known: &Known, refund: &Refund, command: RecordRefund) -> Refunded {
    let started = refund.started.clone();
    let capture = known.find_capture(&started.capture_reference);
    let total_refunded = capture.map_or(Amount::ZERO, Capture::refunded) + started.amount;
    Refunded {
        head: started.head,
        refund: started.refund,
        claim: started.claim,
        cause: started.cause,
        capture_reference: started.capture_reference,
        gateway_reference: command.gateway_reference,
        amount: started.amount,
        tenders: started.tenders,
        total_refunded,
        fully: capture.is_some_and(|capture| capture.captured() == total_refunded),
        at: command.at,
    }
}

fn failed(refund: &Refund, command: &RecordRefundFailure) -> RefundFailed {
    let started = refund.started.clone();
    RefundFailed {
        head: started.head,
        refund: started.refund,
        claim: started.claim,
        cause: started.cause,
        capture_reference: started.capture_reference,
        reason: command.reason,
        amount: started.amount,
        at: command.at,
    }
}
