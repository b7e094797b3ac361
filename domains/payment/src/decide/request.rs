//! Asking for money: the parts must be the whole. Never here: taking it.

use std::collections::BTreeSet;

use kernel::Amount;

use super::Decision;
use crate::command::Request;
use crate::event::{Captured, Event, Requested};
use crate::policy;
use crate::rejection::Rejection;
use crate::state::State;
use crate::value::{Head, Tender};

/// Requests a payment; a zero total is captured at once, as there is nothing to take.
pub(super) fn request(state: &State, command: Request) -> Decision {
    if let State::Known(known) = state {
        let asked_again = Requested { at: known.request.at, ..requested(command) };
        return if asked_again == known.request { Ok(vec![]) } else { Err(Rejection::AlreadyRequested) };
    }
    check(&command)?;
    let body = requested(command);
    let captured = body.amount.is_zero().then(|| Event::Captured(nothing_to_take(&body)));
    Ok(std::iter::once(Event::Requested(body)).chain(captured).collect())
}

fn check(command: &Request) -> Result<(), Rejection> {
    check_amount(command.amount)?;
    if command.tenders.len() > policy::MAX_TENDERS {
        return Err(Rejection::TooManyTenders { found: command.tenders.len() });
    }
    let mut numbers = BTreeSet::new();
    for tender in &command.tenders {
        check_tender(tender)?;
        if !numbers.insert(tender.tender) {
            return Err(Rejection::TenderTwice(tender.tender));
        }
    }
    let found: Amount = command.tenders.iter().map(|tender| tender.amount).sum();
    if found != command.amount {
        return Err(Rejection::TendersDiffer { expected: command.amount, found });
    }
    if command.expires_at <= command.at {
        return Err(Rejection::ExpiresTooEarly(command.expires_at));
    }
    Ok(())
}

fn check_tender(tender: &Tender) -> Result<(), Rejection> {
    check_amount(tender.amount)?;
    if tender.amount.is_zero() {
        return Err(Rejection::AmountOutOfRange(tender.amount));
    }
    if !(1..=policy::MAX_INSTALMENTS).contains(&tender.instalments) {
        return Err(Rejection::InstalmentsOutOfRange { found: tender.instalments });
    }
    Ok(())
}

fn check_amount(amount: Amount) -> Result<(), Rejection> {
    if amount.is_negative() || amount > policy::MAX_AMOUNT {
        return Err(Rejection::AmountOutOfRange(amount));
    }
    Ok(())
}

fn requested(command: Request) -> Requested {
    Requested {
        head: Head {
            payment: command.payment,
            order: command.order,
            mall: command.mall,
            currency: command.currency,
        },
        member: command.member,
        amount: command.amount,
        tenders: command.tenders,
        expires_at: command.expires_at,
        at: command.at,
    }
}

fn nothing_to_take(request: &Requested) -> Captured {
    Captured {
        head: request.head.clone(),
        member: request.member,
        gateway_reference: None,
        amount: Amount::ZERO,
        tenders: Vec::new(),
        captured_at: request.at,
        at: request.at,
    }
}
