//! Taking the money: the intent, then its outcome. Never here: money that may not be kept (see `stray`).

use super::{Decision, receipt, stray};
use crate::command::{RecordCapture, RecordDecline, RequireAuthentication, StartCapture};
use crate::event::{
    AuthenticationRequired, Authorized, CaptureDeclined, CaptureStarted, Captured, Event, Failed,
};
use crate::policy;
use crate::rejection::Rejection;
use crate::state::{Known, Standing};
use crate::value::{RefundCause, TenderAmount};

/// Starts an attempt. A key that was ever started is already so; a new one waits for the former's outcome.
pub(super) fn start(known: &Known, command: StartCapture) -> Decision {
    if known.attempts.contains_key(&command.key) {
        return Ok(vec![]);
    }
    if !policy::is_key(&command.key) {
        return Err(Rejection::KeyOutOfRange);
    }
    receipt::check(known, &command)?;
    match &known.standing {
        Standing::Requested => Ok(vec![Event::CaptureStarted(started(known, command))]),
        Standing::Capturing { .. }
        | Standing::AwaitingAuthentication { .. }
        | Standing::Authorized { .. } => Err(Rejection::CaptureInFlight),
        Standing::Captured(_) => Err(Rejection::AlreadyCaptured),
        Standing::Failed | Standing::Voided | Standing::Expired => Err(Rejection::Ended(known.phase())),
    }
}

/// Records that the shopper has to show that it is them. An attempt whose outcome is known by then has nothing to change.
pub(super) fn authenticate(known: &Known, command: RequireAuthentication) -> Decision {
    if !known.attempts.contains_key(&command.key) {
        return Err(Rejection::CaptureNotStarted);
    }
    match &known.standing {
        Standing::Capturing { key } if *key == command.key => {
            let head = known.request.head.clone();
            let required = AuthenticationRequired { head, key: command.key, at: command.at };
            Ok(vec![Event::AuthenticationRequired(required)])
        }
        Standing::Requested
        | Standing::Capturing { .. }
        | Standing::AwaitingAuthentication { .. }
        | Standing::Authorized { .. }
        | Standing::Captured(_)
        | Standing::Failed
        | Standing::Voided
        | Standing::Expired => Ok(vec![]),
    }
}

/// Records the gateway's yes. Money is never turned away: where it can't be kept, its refund starts at once. An
/// attempt recorded as declined that proves captured after all counts, as long as no other did.
pub(super) fn record(known: &Known, command: RecordCapture) -> Decision {
    if known.has_capture(&command.gateway_reference) {
        return Ok(vec![]);
    }
    match &known.standing {
        Standing::Requested
        | Standing::Capturing { .. }
        | Standing::AwaitingAuthentication { .. }
        | Standing::Authorized { .. } => take(known, command),
        Standing::Captured(_) => stray::give_back(known, &command, RefundCause::DuplicateCaptured),
        Standing::Failed | Standing::Voided | Standing::Expired => {
            stray::give_back(known, &command, RefundCause::CapturedLate)
        }
    }
}

/// Records the gateway's no. A payment that ended meanwhile, or has its money by then, has nothing to change: a look-up that
/// found nothing may be overtaken by the webhook that tells of the money.
pub(super) fn decline(known: &Known, command: RecordDecline) -> Decision {
    let attempt = *known.attempts.get(&command.key).ok_or(Rejection::CaptureNotStarted)?;
    if attempt.declined.is_some() {
        return Ok(vec![]);
    }
    match &known.standing {
        Standing::Requested
        | Standing::Capturing { .. }
        | Standing::AwaitingAuthentication { .. }
        | Standing::Authorized { .. } => {
            let last = (attempt.number >= policy::MAX_ATTEMPTS).then(|| failed(known, &command));
            let declined = CaptureDeclined {
                head: known.request.head.clone(),
                key: command.key,
                attempt: attempt.number,
                reason: command.reason,
                at: command.at,
            };
            Ok(std::iter::once(Event::CaptureDeclined(declined)).chain(last).collect())
        }
        Standing::Captured(_) | Standing::Failed | Standing::Voided | Standing::Expired => Ok(vec![]),
    }
}

fn started(known: &Known, command: StartCapture) -> CaptureStarted {
    let former = known.attempts.values().map(|attempt| attempt.number).max().unwrap_or(0);
    CaptureStarted {
        head: known.request.head.clone(),
        key: command.key,
        attempt: former.saturating_add(1),
        amount: known.request.amount,
        tenders: known.request.tenders.clone(),
        awaits_deposit: known.awaits_deposit(),
        receipt: command.receipt,
        at: command.at,
    }
}

fn take(known: &Known, command: RecordCapture) -> Decision {
    if !known.attempts.contains_key(&command.key) {
        return Err(Rejection::CaptureNotStarted);
    }
    let request = &known.request;
    let receipt = receipt::issued(known, &command);
    let authorized = Authorized {
        head: request.head.clone(),
        key: command.key,
        gateway_reference: command.gateway_reference.clone(),
        amount: request.amount,
        at: command.at,
    };
    let captured = Captured {
        head: request.head.clone(),
        member: request.member,
        gateway_reference: Some(command.gateway_reference),
        amount: request.amount,
        tenders: request.tenders.iter().map(TenderAmount::from).collect(),
        captured_at: command.captured_at,
        at: command.at,
    };
    let taken = [Event::Authorized(authorized), Event::Captured(captured)];
    Ok(taken.into_iter().chain(receipt).collect())
}

fn failed(known: &Known, command: &RecordDecline) -> Event {
    Event::Failed(Failed {
        head: known.request.head.clone(),
        attempts: policy::MAX_ATTEMPTS,
        reason: command.reason,
        at: command.at,
    })
}
