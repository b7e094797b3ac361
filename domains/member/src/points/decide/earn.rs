//! How points come and how an earning is taken back.

use kernel::Amount;

use super::{Decision, already};
use crate::points::policy::{BALANCE_MAX, LOTS_MAX, REVOCATIONS_PER_LOT_MAX};
use crate::points::state::EarnedLot;
use crate::points::{Account, Earn, Earned, Event, Levels, PointAccountId, Rejection, Revoke, Revoked};

/// The first earning opens the account. Earning no points changes nothing.
pub(super) fn earn(now: Option<&Account>, earn: Earn) -> Decision {
    if now.is_some_and(|now| (now.id.member, &now.id.mall) != (earn.member, &earn.mall)) {
        return Err(Rejection::OtherAccount);
    }
    if let Some(earned) = now.and_then(|now| now.earnings.get(&earn.lot)) {
        return already(is_same(earned, &earn), Rejection::LotDiffers { lot: earn.lot });
    }
    if earn.expires_at <= earn.at {
        return Err(Rejection::ExpiryPassed);
    }
    let Earn { member, mall, lot, amount, expires_at, reason, at } = earn;
    let (account, amount) = (PointAccountId { member, mall }, amount.amount());
    if amount.is_zero() {
        return Ok(vec![]);
    }
    let levels = raised(now, amount)?;
    Ok(vec![Event::Earned(Earned { account, lot, amount, expires_at, reason, levels, at })])
}

fn is_same(earned: &EarnedLot, earn: &Earn) -> bool {
    (earned.amount, earned.expires_at) == (earn.amount.amount(), earn.expires_at)
        && earned.reason == earn.reason
}

/// The levels after one more lot of so many points, if the account may hold it.
fn raised(now: Option<&Account>, amount: Amount) -> Result<Levels, Rejection> {
    let levels = now.map(Account::levels).unwrap_or_default().after(amount, Amount::ZERO);
    if levels.total() > BALANCE_MAX {
        return Err(Rejection::BalanceTooHigh);
    }
    let lots = now.map(|now| now.open_lots().len()).unwrap_or_default();
    if lots >= LOTS_MAX { Err(Rejection::TooManyLots) } else { Ok(levels) }
}

/// Takes what is left of an earning, also what restores gave back of it. The rest is named, never owed: the balance
/// stays above zero.
pub(super) fn revoke(account: Option<&Account>, revoke: Revoke) -> Decision {
    let Revoke { lot, amount, reason, at } = revoke;
    let asked = amount.amount();
    let known = account.and_then(|account| account.earnings.get(&lot).map(|earned| (account, earned)));
    let (account, earned) = known.ok_or(Rejection::LotNotFound { lot })?;
    if let Some((_, done)) = earned.revocations.iter().find(|(why, _)| *why == reason) {
        return already(*done == asked, Rejection::RevokedOtherwise { lot });
    }
    revocable(earned, asked)?;
    if asked.is_zero() {
        return Ok(vec![]);
    }
    let parts = account.lots.of(|it| it.id == lot).first(asked);
    let amount = parts.total();
    let (uncollected, levels) = (asked - amount, account.levels().after(-amount, Amount::ZERO));
    let account = account.id.clone();
    Ok(vec![Event::Revoked(Revoked { account, lot, reason, amount, uncollected, parts, levels, at })])
}

fn revocable(earned: &EarnedLot, asked: Amount) -> Result<(), Rejection> {
    let left = earned.revocable();
    if asked > left {
        Err(Rejection::RevokeExceedsEarned { asked, earned: left })
    } else if earned.revocations.len() >= REVOCATIONS_PER_LOT_MAX {
        Err(Rejection::TooManyRevocations)
    } else {
        Ok(())
    }
}
