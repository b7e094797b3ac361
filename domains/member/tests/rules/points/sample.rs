//! Fixed commands and values that the tests of points speak about. Never here: a rule or an expectation.

use kernel::id::OrderId;
use kernel::{Amount, Decider, Price, Timestamp};
use member::PointAccount;
use member::points::{
    Command, Earn, Earning, Expire, Hold, Levels, Lot, Part, PointAccountId, Release, Restore, Revocation,
    Revoke, State, Use,
};

use crate::given::{Given, given};
use crate::sample::{day, id, member_id};

const SECONDS_A_DAY: i64 = 24 * 60 * 60;

/// So many days after noon on the first of January 2026.
pub(crate) fn after(days: i64) -> Timestamp {
    Timestamp::from_timestamp(day(1).timestamp() + days * SECONDS_A_DAY, 0).unwrap()
}

pub(crate) fn account() -> PointAccountId {
    PointAccountId { member: member_id(), mall: "main".parse().unwrap() }
}

pub(crate) fn points(number: i64) -> Amount {
    Amount::from_minor(number)
}

pub(crate) fn price(number: i64) -> Price {
    Price::new(number).unwrap()
}

pub(crate) fn order(number: u128) -> OrderId {
    id(100 + number)
}

pub(crate) fn levels(balance: i64, held: i64) -> Levels {
    Levels { balance: points(balance), held: points(held) }
}

/// So many points as they were earned, good for so many days.
pub(crate) fn part(lot: u128, days: i64, amount: i64) -> Part {
    let lot = Lot { expires_at: after(days), id: id(lot), restore: None };
    Part { lot, amount: points(amount) }
}

/// The same, but given back by a restore.
pub(crate) fn restored_part(lot: u128, restore: u128, days: i64, amount: i64) -> Part {
    let lot = Lot { expires_at: after(days), id: id(lot), restore: Some(id(restore)) };
    Part { lot, amount: points(amount) }
}

pub(crate) fn purchase() -> Earning {
    Earning::Purchase { order: order(9), line: 1 }
}

pub(crate) fn earn_body(lot: u128, days: i64, amount: i64) -> Earn {
    let PointAccountId { member, mall } = account();
    let (amount, expires_at, at) = (price(amount), after(days), after(0));
    Earn { member, mall, lot: id(lot), amount, expires_at, reason: purchase(), at }
}

/// Earns so many points on the first day, good for so many days.
pub(crate) fn earn(lot: u128, days: i64, amount: i64) -> Command {
    Command::Earn(earn_body(lot, days, amount))
}

pub(crate) fn hold(of: u128, amount: i64, days: i64) -> Command {
    Command::Hold(Hold { order: order(of), amount: price(amount), at: after(days) })
}

pub(crate) fn spend(of: u128, days: i64) -> Command {
    Command::Use(Use { order: order(of), at: after(days) })
}

pub(crate) fn release(of: u128, days: i64) -> Command {
    Command::Release(Release { order: order(of), at: after(days) })
}

pub(crate) fn restore(of: u128, restore: u128, amount: i64, days: i64) -> Command {
    let (order, restore, amount, at) = (order(of), id(restore), price(amount), after(days));
    Command::Restore(Restore { order, restore, amount, at })
}

pub(crate) fn expire(days: i64) -> Command {
    Command::Expire(Expire { at: after(days) })
}

pub(crate) fn returned(claim: u128) -> Revocation {
    Revocation::Returned { claim: id(claim) }
}

/// Takes back what a purchase earned, which a claim returned.
pub(crate) fn revoke(lot: u128, claim: u128, amount: i64, days: i64) -> Command {
    let (lot, amount, reason, at) = (id(lot), price(amount), returned(claim), after(days));
    Command::Revoke(Revoke { lot, amount, reason, at })
}

pub(crate) fn nothing() -> Given<PointAccount> {
    given([])
}

/// After commands that must all be taken, from nothing. There may be many: the history isn't folded anew before each.
pub(crate) fn with(commands: impl IntoIterator<Item = Command>) -> Given<PointAccount> {
    let (mut state, mut history) = (State::default(), Vec::new());
    for command in commands {
        let events = PointAccount::decide(&state, command).unwrap();
        state = events.iter().fold(state, PointAccount::evolve);
        history.extend(events);
    }
    given(history)
}
