//! What each command changes in a delivery policy.

use super::command::{Command, Set};
use super::event::{Event, PolicySet};
use super::policy;
use super::rejection::Rejection;
use super::state::State;
use super::value::FeeRule;

/// Decides what a command changes; no events means "already so".
pub fn decide(state: &State, command: Command) -> Result<Vec<Event>, Rejection> {
    match command {
        Command::Set(command) => set(state, &command),
    }
}

fn set(state: &State, command: &Set) -> Result<Vec<Event>, Rejection> {
    check(state, command)?;
    if is_in_force(state, command) {
        return Ok(vec![]);
    }
    Ok(vec![Event::Set(PolicySet {
        merchant: command.merchant,
        mall: Some(command.mall.clone()),
        fee: command.fee,
        return_fee: command.return_fee,
        remote_surcharges: command.remote_surcharges,
        dispatch_days: command.dispatch_days,
        at: command.at,
    })])
}

fn check(state: &State, command: &Set) -> Result<(), Rejection> {
    if state.merchant().is_some_and(|merchant| merchant != command.merchant) {
        return Err(Rejection::OtherMerchant);
    }
    if state.mall().is_some_and(|mall| *mall != command.mall) {
        return Err(Rejection::OtherMall);
    }
    if command.dispatch_days > policy::MAX_DISPATCH_DAYS {
        return Err(Rejection::DispatchDaysOutOfRange { found: command.dispatch_days });
    }
    if matches!(command.fee, FeeRule::FreeOver { threshold, .. } if threshold.amount().is_zero()) {
        return Err(Rejection::ThresholdIsZero);
    }
    Ok(())
}

/// A policy never set is not in force by chance: saying the defaults out loud is a fact worth keeping.
fn is_in_force(state: &State, command: &Set) -> bool {
    state.merchant().is_some()
        && state.fee() == command.fee
        && state.return_fee() == command.return_fee
        && state.remote_surcharges() == command.remote_surcharges
        && state.dispatch_days() == command.dispatch_days
}
