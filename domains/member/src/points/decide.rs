//! The rules of an account: one match, then one small function per command, in the file of what it is about.
//!
//! Invariants: no lot, hold, use or level is ever below zero; what was earned is what is left, held, still used,
//! expired and revoked together. Holds take the oldest-expiring first, restores give back the latest-expiring first.

mod earn;
mod spend;

use kernel::Amount;

use super::{Account, Command, Event, Expire, Expired, Rejection, State};

/// What a command leads to.
type Decision = Result<Vec<Event>, Rejection>;

pub(super) fn decide(state: &State, command: Command) -> Decision {
    let account = state.account();
    match command {
        Command::Earn(earn) => earn::earn(account, earn),
        Command::Hold(hold) => spend::hold(account, &hold),
        Command::Use(spend) => spend::spend(account, &spend),
        Command::Release(release) => spend::release(account, &release),
        Command::Restore(restore) => spend::restore(account, &restore),
        Command::Expire(end) => Ok(expire(account, &end)),
        Command::Revoke(revoke) => earn::revoke(account, revoke),
    }
}

/// Held points are in no lot, so they don't expire.
fn expire(account: Option<&Account>, expire: &Expire) -> Vec<Event> {
    let at = expire.at;
    let Some((account, parts)) = account.map(|it| (it, it.lots.of(|lot| lot.expires_at <= at))) else {
        return vec![];
    };
    if parts.is_empty() {
        return vec![];
    }
    let amount = parts.total();
    let levels = account.levels().after(-amount, Amount::ZERO);
    vec![Event::Expired(Expired { account: account.id.clone(), amount, parts, levels, at })]
}

/// A command that comes again is already so; under the same name with another content it is refused.
fn already(same: bool, otherwise: Rejection) -> Decision {
    if same { Ok(vec![]) } else { Err(otherwise) }
}
