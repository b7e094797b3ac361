//! Money that this payment must not keep: it came late, or twice. Its refund starts in the same decision.

use kernel::Amount;

use super::Decision;
use crate::command::RecordCapture;
use crate::event::{Event, RefundStarted, StrayCaptured};
use crate::policy;
use crate::rejection::Rejection;
use crate::state::Known;
use crate::value::RefundCause;

/// Records the stray money and starts its refund. The refund's id is also its key at the gateway: it is unique, and in
/// the log before the call.
pub(super) fn give_back(known: &Known, command: &RecordCapture, cause: RefundCause) -> Decision {
    check(known, command)?;
    let stray = captured(known, command);
    let refund = RefundStarted {
        head: stray.head.clone(),
        refund: command.refund,
        claim: None,
        cause,
        capture_reference: stray.gateway_reference.clone(),
        key: command.refund.to_string(),
        amount: stray.amount,
        tenders: stray.tenders.clone(),
        at: stray.at,
    };
    let came = match cause {
        RefundCause::DuplicateCaptured => Event::DuplicateCaptured(stray),
        RefundCause::CapturedLate | RefundCause::Asked => Event::CapturedLate(stray),
    };
    Ok(vec![came, Event::RefundStarted(refund)])
}

fn check(known: &Known, command: &RecordCapture) -> Result<(), Rejection> {
    if known.request.amount.is_zero() {
        return Err(Rejection::CaptureNotStarted);
    }
    if known.refunds.contains_key(&command.refund) {
        return Err(Rejection::RefundIdTaken);
    }
    if known.strays.len() >= policy::MAX_STRAY_CAPTURES {
        return Err(Rejection::TooManyStrayCaptures);
    }
    Ok(())
}

fn captured(known: &Known, command: &RecordCapture) -> StrayCaptured {
    let tenders = policy::stray_tenders(&known.request.tenders);
    StrayCaptured {
        head: known.request.head.clone(),
        key: command.key.clone(),
        gateway_reference: command.gateway_reference.clone(),
        amount: tenders.iter().map(|tender| tender.amount).sum::<Amount>(),
        tenders,
        captured_at: command.captured_at,
        at: command.at,
    }
}
