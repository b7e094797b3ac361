//! How an order holds points, uses them, gives them back before it is paid, and gets them back after.

use kernel::Amount;

use super::{Decision, already};
use crate::points::policy::{HOLDS_MAX, RESTORES_PER_ORDER_MAX, restored_until};
use crate::points::state::Usage;
use crate::points::{Account, Event, Lot, Part, Parts, Rejection};
use crate::points::{Held, Hold, Release, Released, Restore, Restored, Use, Used};

/// Also a hold that became a use is already so.
pub(super) fn hold(account: Option<&Account>, hold: &Hold) -> Decision {
    let Hold { order, amount, at } = *hold;
    let asked = amount.amount();
    let used = account.and_then(|account| account.uses.get(&order));
    if let Some(usage) = used {
        return already(usage.amount == asked, Rejection::AlreadyUsed { order });
    }
    if let Some(held) = account.and_then(|account| account.holds.get(&order)).map(Parts::total) {
        return already(held == asked, Rejection::HeldOtherwise { order, held });
    }
    if asked.is_zero() {
        return Ok(vec![]);
    }
    let account = account.ok_or(Rejection::Insufficient { asked, usable: Amount::ZERO })?;
    let parts = free(account, hold)?;
    let levels = account.levels().after(-asked, asked);
    Ok(vec![Event::Held(Held { account: account.id.clone(), order, amount: asked, parts, levels, at })])
}

/// The points that the order gets: the oldest-expiring of those that can be used.
fn free(account: &Account, hold: &Hold) -> Result<Parts, Rejection> {
    let (asked, usable) = (hold.amount.amount(), account.usable(hold.at));
    if asked > usable.total() {
        Err(Rejection::Insufficient { asked, usable: usable.total() })
    } else if account.holds.len() >= HOLDS_MAX {
        Err(Rejection::TooManyHolds)
    } else {
        Ok(usable.first(asked))
    }
}

pub(super) fn spend(account: Option<&Account>, spend: &Use) -> Decision {
    let Use { order, at } = *spend;
    let account = account.ok_or(Rejection::NotHeld { order })?;
    if account.uses.contains_key(&order) {
        return Ok(vec![]);
    }
    let amount = account.holds.get(&order).ok_or(Rejection::NotHeld { order })?.total();
    let levels = account.levels().after(Amount::ZERO, -amount);
    Ok(vec![Event::Used(Used { account: account.id.clone(), order, amount, levels, at })])
}

/// A released hold leaves no trace, so an order without one is released already. A hold's points go back to their lots
/// exactly, also to those that ended: expiring is for `Expire` alone.
pub(super) fn release(account: Option<&Account>, release: &Release) -> Decision {
    let Release { order, at } = *release;
    let Some(account) = account else { return Ok(vec![]) };
    if account.uses.contains_key(&order) {
        return Err(Rejection::AlreadyUsed { order });
    }
    let Some(parts) = account.holds.get(&order).cloned() else { return Ok(vec![]) };
    let amount = parts.total();
    let levels = account.levels().after(amount, -amount);
    Ok(vec![Event::Released(Released { account: account.id.clone(), order, amount, parts, levels, at })])
}

pub(super) fn restore(account: Option<&Account>, command: &Restore) -> Decision {
    let Restore { order, restore, amount, at } = *command;
    let asked = amount.amount();
    let account = account.ok_or(Rejection::NotUsed { order })?;
    if let Some(done) = account.restored(restore) {
        return already(done == (order, asked), Rejection::RestoreDiffers { restore });
    }
    let usage = account.uses.get(&order).ok_or(Rejection::NotUsed { order })?;
    restorable(usage, asked)?;
    if asked.is_zero() {
        return Ok(vec![]);
    }
    let from = usage.parts.last(asked);
    let to = from.iter().map(|part| still_good(part, command)).collect();
    let (account, levels) = (account.id.clone(), account.levels().after(asked, Amount::ZERO));
    Ok(vec![Event::Restored(Restored { account, order, restore, amount: asked, from, to, levels, at })])
}

fn restorable(usage: &Usage, asked: Amount) -> Result<(), Rejection> {
    let used = usage.parts.total();
    if asked > used {
        Err(Rejection::RestoreExceedsUsed { asked, used })
    } else if usage.restores.len() >= RESTORES_PER_ORDER_MAX {
        Err(Rejection::TooManyRestores)
    } else {
        Ok(())
    }
}

/// The lot that a restored part goes to: its own, or if that ends too soon one of the restore.
fn still_good(part: Part, command: &Restore) -> Part {
    let expires_at = restored_until(command.at);
    if part.lot.expires_at >= expires_at {
        return part;
    }
    let lot = Lot { expires_at, restore: Some(command.restore), ..part.lot };
    Part { lot, ..part }
}
