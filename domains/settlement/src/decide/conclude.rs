//! The end of a statement's figures: closed, then agreed.

use super::Decision;
use crate::command::{Close, Confirm};
use crate::event::{Closed, Confirmed};
use crate::state::{Phase, Standing};
use crate::value::Heading;
use crate::{Event, Rejection, chain};

pub(super) fn close(standing: &Standing, command: &Close) -> Decision {
    if standing.phase != Phase::Open {
        return Ok(Vec::new());
    }
    let Heading { merchant, mall, currency, period } = standing.heading.clone();
    if command.at < period.until() {
        return Err(Rejection::PeriodNotOver(period.until()));
    }
    let due = standing.due();
    Ok(vec![Event::Closed(Closed {
        statement: standing.statement,
        merchant,
        mall,
        currency,
        period,
        totals: standing.totals,
        carried_in: standing.carried_in(),
        due,
        sha256: chain::seal(&standing.chain, due, command.at),
        at: command.at,
    })])
}

pub(super) fn confirm(standing: &Standing, command: &Confirm) -> Decision {
    match standing.phase {
        Phase::Open => Err(Rejection::NotClosed),
        Phase::Closed => Ok(vec![Event::Confirmed(Confirmed {
            statement: standing.statement,
            merchant: standing.heading.merchant,
            due: standing.due(),
            currency: standing.heading.currency,
            at: command.at,
        })]),
        Phase::Confirmed
        | Phase::PayoutRequested(_)
        | Phase::PayoutFailed(_)
        | Phase::Paid(_)
        | Phase::CarriedOver => Ok(Vec::new()),
    }
}
