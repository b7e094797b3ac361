//! How points come, and how an earning is taken back.

use kernel::Price;
use member::points::policy::{BALANCE_MAX, LOTS_MAX, REVOCATIONS_PER_LOT_MAX};
use member::points::{Command, Earn, Earned, Earning, Event, Part, Rejection, Revocation, Revoke, Revoked};

use super::sample::{
    account, after, earn, earn_body, expire, hold, levels, nothing, part, points, price, purchase, release,
    restore, returned, revoke, spend, with,
};
use crate::sample::{id, text};

fn earned(lot: u128, days: i64, amount: i64, balance: i64) -> Event {
    Event::Earned(Earned {
        account: account(),
        lot: id(lot),
        amount: points(amount),
        expires_at: after(days),
        reason: purchase(),
        levels: levels(balance, 0),
        at: after(0),
    })
}

fn revoked(lot: u128, claim: u128, parts: &[Part], uncollected: i64, balance: i64) -> Revoked {
    Revoked {
        account: account(),
        lot: id(lot),
        reason: returned(claim),
        amount: parts.iter().map(|part| part.amount).sum(),
        uncollected: points(uncollected),
        parts: parts.iter().copied().collect(),
        levels: levels(balance, 0),
        at: after(1),
    }
}

#[test]
fn the_first_earning_opens_the_account() {
    assert_eq!(account().to_string(), "00000000-0000-0000-0000-000000000001-main");
    assert_eq!(nothing().state().id(), None);
    nothing().when(earn(1, 10, 50)).then_events([earned(1, 10, 50, 50)]);
    with([earn(1, 10, 50)]).when(earn(2, 20, 5)).then_events([earned(2, 20, 5, 55)]);
    let state = with([earn(1, 10, 50), earn(2, 20, 5)]).state();
    assert_eq!(state.id(), Some(&account()));
    assert_eq!(state.lots().collect::<Vec<_>>(), [part(1, 10, 50), part(2, 20, 5)]);
}

#[test]
fn a_lot_is_earned_once() {
    let others = [
        earn(1, 10, 51),
        earn(1, 11, 50),
        Command::Earn(Earn { reason: Earning::Granted { note: text("welcome") }, ..earn_body(1, 10, 50) }),
    ];
    let later = Earn { at: after(1), ..earn_body(1, 10, 50) };
    with([earn(1, 10, 50)]).when(Command::Earn(later)).then_nothing();
    for other in others {
        with([earn(1, 10, 50)]).when(other).then_refused(Rejection::LotDiffers { lot: id(1) });
    }
}

#[test]
fn a_lot_of_which_nothing_is_left_is_not_earned_again() {
    with([earn(1, 10, 50), hold(1, 50, 1), spend(1, 1)]).when(earn(1, 10, 50)).then_nothing();
    with([earn(1, 10, 50), expire(10)]).when(earn(1, 10, 50)).then_nothing();
    with([earn(1, 10, 50), revoke(1, 1, 50, 1)]).when(earn(1, 10, 50)).then_nothing();
}

#[test]
fn an_account_is_one_members_in_one_mall() {
    let member = Earn { member: id(77), ..earn_body(2, 10, 5) };
    let mall = Earn { mall: "other".parse().unwrap(), ..earn_body(2, 10, 5) };
    for other in [member, mall] {
        with([earn(1, 10, 50)]).when(Command::Earn(other)).then_refused(Rejection::OtherAccount);
    }
}

#[test]
fn points_end_later_than_they_are_earned() {
    nothing().when(earn(1, 0, 50)).then_refused(Rejection::ExpiryPassed);
    nothing().when(earn(1, -1, 50)).then_refused(Rejection::ExpiryPassed);
}

#[test]
fn earning_no_points_changes_nothing() {
    nothing().when(earn(1, 10, 0)).then_nothing();
    with([earn(1, 10, 50)]).when(earn(2, 10, 0)).then_nothing();
}

#[test]
fn points_of_so_many_lots_are_kept_held_ones_included() {
    let number = |lot: usize| u128::try_from(lot).unwrap();
    let full = || with((0..LOTS_MAX).map(|lot| earn(number(lot), 10, 1)));
    let next = || earn(number(LOTS_MAX), 10, 1);
    full().when(next()).then_refused(Rejection::TooManyLots);
    full().and([hold(1, 2, 1)]).when(next()).then_refused(Rejection::TooManyLots);
    full().and([hold(1, 2, 1), spend(1, 1), next()]);
}

#[test]
fn so_many_points_are_kept_held_ones_included() {
    assert_eq!(BALANCE_MAX.minor(), Price::MAX);
    let full = || with([earn(1, 10, Price::MAX - 5), earn(2, 10, 5)]);
    full().when(earn(3, 10, 1)).then_refused(Rejection::BalanceTooHigh);
    full().and([hold(1, 5, 1)]).when(earn(3, 10, 1)).then_refused(Rejection::BalanceTooHigh);
    full().and([hold(1, 5, 1), spend(1, 1), earn(3, 10, 5)]);
}

#[test]
fn an_earning_is_taken_back() {
    let taken = revoked(1, 1, &[part(1, 10, 20)], 0, 35);
    let history = || with([earn(1, 10, 50), earn(2, 5, 5)]);
    history().when(revoke(1, 1, 20, 1)).then_events([Event::Revoked(taken)]);
    assert_eq!(history().and([revoke(1, 1, 20, 1)]).state().balance(), points(35));
}

#[test]
fn what_is_held_used_or_expired_of_an_earning_is_named_but_not_taken() {
    let spent = || with([earn(1, 10, 50), hold(1, 40, 1), spend(1, 1)]);
    let some = revoked(1, 1, &[part(1, 10, 10)], 20, 0);
    spent().when(revoke(1, 1, 30, 1)).then_events([Event::Revoked(some)]);
    let none = revoked(1, 2, &[], 20, 0);
    spent().and([revoke(1, 1, 30, 1)]).when(revoke(1, 2, 20, 1)).then_events([Event::Revoked(none.clone())]);
    let expired = Revoked { at: after(11), ..none };
    with([earn(1, 10, 50), expire(10)]).when(revoke(1, 2, 20, 11)).then_events([Event::Revoked(expired)]);
    let held = Revoked { levels: levels(0, 50), ..revoked(1, 1, &[], 50, 0) };
    let holding = || with([earn(1, 10, 50), hold(1, 50, 1)]);
    holding().when(revoke(1, 1, 50, 1)).then_events([Event::Revoked(held)]);
    assert_eq!(holding().and([revoke(1, 1, 50, 1), release(1, 1)]).state().balance(), points(50));
}

#[test]
fn what_restores_gave_back_of_an_earning_is_taken_with_it() {
    let commands = [
        earn(1, 10, 50),
        earn(2, 90, 50),
        hold(1, 30, 1),
        spend(1, 1),
        restore(1, 7, 30, 20),
        revoke(1, 1, 50, 20),
    ];
    assert_eq!(with(commands).state().lots().collect::<Vec<_>>(), [part(2, 90, 50)]);
}

#[test]
fn one_reason_takes_an_earning_back_once() {
    let history = || with([earn(1, 10, 50), revoke(1, 1, 20, 1)]);
    history().when(revoke(1, 1, 20, 2)).then_nothing();
    history().when(revoke(1, 1, 21, 2)).then_refused(Rejection::RevokedOtherwise { lot: id(1) });
    let second = revoked(1, 2, &[part(1, 10, 20)], 0, 10);
    history().when(revoke(1, 2, 20, 1)).then_events([Event::Revoked(second)]);
}

#[test]
fn no_more_is_taken_back_than_was_earned() {
    let over =
        |asked, earned| Rejection::RevokeExceedsEarned { asked: points(asked), earned: points(earned) };
    with([earn(1, 10, 50)]).when(revoke(1, 1, 51, 1)).then_refused(over(51, 50));
    let spent = || with([earn(1, 10, 50), hold(1, 50, 1), spend(1, 1), revoke(1, 1, 30, 1)]);
    spent().when(revoke(1, 2, 21, 1)).then_refused(over(21, 20));
    spent().when(revoke(1, 2, 0, 1)).then_nothing();
}

#[test]
fn an_unknown_earning_cannot_be_taken_back() {
    for history in [nothing(), with([earn(1, 10, 50)])] {
        history.when(revoke(2, 1, 5, 1)).then_refused(Rejection::LotNotFound { lot: id(2) });
    }
}

#[test]
fn an_earning_is_taken_back_for_so_many_reasons() {
    let correct = |number: usize| {
        let (reason, at) = (Revocation::Corrected { note: text(&number.to_string()) }, after(1));
        Command::Revoke(Revoke { lot: id(1), amount: price(1), reason, at })
    };
    let full = with([earn(1, 10, 500)]).and((0..REVOCATIONS_PER_LOT_MAX).map(correct));
    full.when(correct(REVOCATIONS_PER_LOT_MAX)).then_refused(Rejection::TooManyRevocations);
}

#[test]
fn a_command_is_read_back_as_written_and_refuses_what_it_does_not_know() {
    let granted = Earning::Granted { note: text("welcome") };
    let command = Command::Earn(Earn { reason: granted, ..earn_body(1, 10, 50) });
    let json = serde_json::to_string(&command).unwrap();
    assert_eq!(serde_json::from_str::<Command>(&json).unwrap(), command);
    let more = json.replacen('{', r#"{"unknown":1,"#, 1);
    assert!(serde_json::from_str::<Command>(&more).unwrap_err().to_string().contains("unknown"));
}
