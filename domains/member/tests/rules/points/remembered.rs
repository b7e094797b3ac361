//! What an account forgets, and what never: it is bounded, and the oldest that is over goes first.

use kernel::Decider;
use member::PointAccount;
use member::points::policy::{EARNINGS_MAX, USES_MAX};
use member::points::{Command, Earn, Rejection};

use super::sample::{after, earn, earn_body, expire, hold, order, points, restore, revoke, spend, with};
use crate::sample::id;

fn number(count: usize) -> u128 {
    u128::try_from(count).unwrap()
}

/// Earns a point in the morning of a day and loses it in its evening, so many times.
fn earned_and_expired(count: usize) -> impl Iterator<Item = Command> {
    (0..count).flat_map(|nth| {
        let (from, until) = (after(i64::try_from(nth).unwrap()), after(i64::try_from(nth).unwrap() + 1));
        let earn = Earn { expires_at: until, at: from, ..earn_body(number(nth), 1, 1) };
        [Command::Earn(earn), expire(i64::try_from(nth).unwrap() + 1)]
    })
}

#[test]
fn of_too_many_earnings_the_oldest_of_which_nothing_is_left_is_forgotten() {
    let kept = earn(900_000, 90_000, 5);
    let state = with([kept.clone()].into_iter().chain(earned_and_expired(EARNINGS_MAX))).state();
    let ask = |command| PointAccount::decide(&state, command);
    assert_eq!(ask(kept), Ok(vec![]));
    assert_eq!(ask(revoke(0, 1, 1, 0)), Err(Rejection::LotNotFound { lot: id(0) }));
    assert_eq!(ask(revoke(1, 1, 1, 0)).unwrap().len(), 1);
}

/// So many orders use a point each, one a day.
fn uses(count: usize) -> impl Iterator<Item = Command> {
    let orders = (0..count).map(|nth| (number(nth), i64::try_from(nth).unwrap()));
    orders.flat_map(|(order, day)| [hold(order, 1, day), spend(order, day)])
}

#[test]
fn of_too_many_orders_the_oldest_is_forgotten() {
    let state = with([earn(1, 9_000, 9_000)].into_iter().chain(uses(USES_MAX + 1))).state();
    assert_eq!((state.used_for(order(0)), state.used_for(order(1))), (points(0), points(1)));
    let asked = PointAccount::decide(&state, restore(0, 7, 1, 3));
    assert_eq!(asked, Err(Rejection::NotUsed { order: order(0) }));
}

#[test]
fn an_order_restored_whole_is_forgotten_before_one_that_is_not() {
    let last = number(USES_MAX);
    let full = [earn(1, 9_000, 9_000)].into_iter().chain(uses(USES_MAX));
    let more = [restore(5, 7, 1, 3), hold(last, 1, 3), spend(last, 3)];
    let state = with(full.chain(more)).state();
    assert_eq!((state.used_for(order(0)), state.used_for(order(last))), (points(1), points(1)));
    let asked = PointAccount::decide(&state, restore(5, 7, 1, 3));
    assert_eq!(asked, Err(Rejection::NotUsed { order: order(5) }));
}
