//! The payout of a confirmed statement: requested, answered by the bank, tried once more.

use kernel::Price;
use kernel::id::PayoutId;

use super::Decision;
use crate::command::{RecordPayout, RecordPayoutFailure, RequestPayout, RetryPayout};
use crate::event::{CarriedOver, Paid, PayoutFailed, PayoutRequested};
use crate::ledger::Source;
use crate::policy::PAYOUT_ATTEMPTS_MAX;
use crate::state::{Phase, Standing};
use crate::value::{CarryReason, Heading};
use crate::{Event, Rejection, posting};

pub(super) fn request(standing: &Standing, command: RequestPayout) -> Decision {
    match standing.phase {
        Phase::Open | Phase::Closed => Err(Rejection::NotConfirmed),
        Phase::Confirmed => match why_not_paid(standing, &command) {
            Some(reason) => Ok(vec![carried_over(standing, reason, &command)]),
            None => Ok(vec![requested(standing, command)?]),
        },
        Phase::CarriedOver => Ok(Vec::new()),
        Phase::PayoutRequested(_) | Phase::PayoutFailed(_) | Phase::Paid(_)
            if standing.payouts.contains(&command.payout) =>
        {
            Ok(Vec::new())
        }
        Phase::PayoutRequested(current) | Phase::PayoutFailed(current) | Phase::Paid(current) => {
            Err(Rejection::PayoutAlreadyRequested(current))
        }
    }
}

pub(super) fn record(standing: &Standing, command: RecordPayout) -> Decision {
    if standing.phase == Phase::Paid(command.payout) {
        return Ok(Vec::new());
    }
    check_awaited(standing, command.payout)?;
    Ok(vec![paid(standing, command)?])
}

pub(super) fn record_failure(standing: &Standing, command: &RecordPayoutFailure) -> Decision {
    if standing.phase == Phase::PayoutFailed(command.payout) {
        return Ok(Vec::new());
    }
    check_awaited(standing, command.payout)?;
    Ok(vec![failed(standing, command)?])
}

pub(super) fn retry(standing: &Standing, command: RetryPayout) -> Decision {
    match standing.phase {
        Phase::PayoutFailed(_) => {
            check_attempt(standing, command.payout)?;
            let RetryPayout { statement, payout, key, cites, at } = command;
            let (minimum, withheld) = (Price::ZERO, false);
            let again = RequestPayout { statement, payout, key, minimum, withheld, cites, at };
            Ok(vec![requested(standing, again)?])
        }
        Phase::PayoutRequested(current) | Phase::Paid(current) if current == command.payout => Ok(Vec::new()),
        Phase::PayoutRequested(current) => Err(Rejection::PayoutStillPending(current)),
        Phase::Paid(current) => Err(Rejection::PaidAlready(current)),
        Phase::CarriedOver => Err(Rejection::CarriedOverAlready),
        Phase::Open | Phase::Closed | Phase::Confirmed => Err(Rejection::NoPayoutRequested),
    }
}

/// Whether the bank's answer is to the payout that the statement waits on.
fn check_awaited(standing: &Standing, payout: PayoutId) -> Result<(), Rejection> {
    match standing.phase {
        Phase::PayoutRequested(current) if current == payout => Ok(()),
        Phase::PayoutFailed(current) if current == payout => Err(Rejection::PayoutFailedAlready(payout)),
        Phase::Paid(current) if current == payout => Err(Rejection::PaidAlready(payout)),
        Phase::PayoutRequested(current) | Phase::PayoutFailed(current) | Phase::Paid(current) => {
            Err(Rejection::AnotherPayout(current))
        }
        Phase::CarriedOver => Err(Rejection::CarriedOverAlready),
        Phase::Open | Phase::Closed | Phase::Confirmed => Err(Rejection::NoPayoutRequested),
    }
}

fn check_attempt(standing: &Standing, payout: PayoutId) -> Result<(), Rejection> {
    if standing.payouts.contains(&payout) {
        Err(Rejection::PayoutTriedBefore(payout))
    } else if standing.payouts.len() >= PAYOUT_ATTEMPTS_MAX {
        Err(Rejection::TooManyAttempts)
    } else {
        Ok(())
    }
}

fn why_not_paid(standing: &Standing, command: &RequestPayout) -> Option<CarryReason> {
    let due = standing.due();
    if due.is_negative() || due.is_zero() {
        Some(CarryReason::NothingDue)
    } else if command.withheld {
        Some(CarryReason::Withheld)
    } else {
        (due < command.minimum.amount()).then_some(CarryReason::BelowMinimum)
    }
}

fn carried_over(standing: &Standing, reason: CarryReason, command: &RequestPayout) -> Event {
    let Heading { merchant, mall, currency, period } = standing.heading.clone();
    let (statement, amount, at) = (standing.statement, standing.due(), command.at);
    Event::CarriedOver(CarriedOver { statement, merchant, mall, amount, currency, reason, period, at })
}

fn requested(standing: &Standing, command: RequestPayout) -> Result<Event, Rejection> {
    let Heading { merchant, currency, .. } = standing.heading;
    let amount = standing.due();
    let entry = posting::payout_request(merchant, amount, source(standing, command.cites))?;
    Ok(Event::PayoutRequested(PayoutRequested {
        statement: standing.statement,
        merchant,
        payout: command.payout,
        key: command.key,
        attempt: u32::try_from(standing.payouts.len()).unwrap_or(u32::MAX).saturating_add(1),
        amount,
        currency,
        entry,
        at: command.at,
    }))
}

fn paid(standing: &Standing, command: RecordPayout) -> Result<Event, Rejection> {
    let Heading { merchant, currency, .. } = standing.heading;
    let (statement, amount) = (standing.statement, standing.due());
    let entry = posting::payout(merchant, amount, source(standing, command.cites))?;
    let RecordPayout { payout, bank_reference, at, .. } = command;
    Ok(Event::Paid(Paid { statement, merchant, payout, bank_reference, amount, currency, entry, at }))
}

fn failed(standing: &Standing, command: &RecordPayoutFailure) -> Result<Event, Rejection> {
    let Heading { merchant, currency, .. } = standing.heading;
    let (statement, amount) = (standing.statement, standing.due());
    let entry = posting::payout_failure(merchant, amount, source(standing, command.cites))?;
    let RecordPayoutFailure { payout, reason, at, .. } = *command;
    Ok(Event::PayoutFailed(PayoutFailed { statement, merchant, payout, reason, amount, currency, entry, at }))
}

fn source(standing: &Standing, cites: u64) -> Source {
    Source { currency: standing.heading.currency, cites }
}
