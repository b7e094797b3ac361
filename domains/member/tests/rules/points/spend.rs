//! How an order holds points, uses them, and gives them back before it is paid.

use member::points::policy::HOLDS_MAX;
use member::points::{Event, Held, Part, Rejection, Released, Used};

use super::sample::{
    account, after, earn, expire, hold, levels, nothing, order, part, points, release, restore, spend, with,
};

fn held(of: u128, parts: &[Part], balance: i64) -> Event {
    let amount = parts.iter().map(|part| part.amount).sum();
    Event::Held(Held {
        account: account(),
        order: order(of),
        amount,
        parts: parts.iter().copied().collect(),
        levels: levels(balance, amount.minor()),
        at: after(1),
    })
}

fn insufficient(asked: i64, usable: i64) -> Rejection {
    Rejection::Insufficient { asked: points(asked), usable: points(usable) }
}

#[test]
fn the_oldest_expiring_points_are_held_first() {
    let parts = [part(2, 5, 20), part(1, 10, 10)];
    let history = || with([earn(1, 10, 50), earn(2, 5, 20), earn(3, 20, 50)]);
    history().when(hold(1, 30, 1)).then_events([held(1, &parts, 90)]);
    let state = history().and([hold(1, 30, 1)]).state();
    assert_eq!(state.lots().collect::<Vec<_>>(), [part(1, 10, 40), part(3, 20, 50)]);
    assert_eq!(
        (state.held_for(order(1)), state.held(), state.balance()),
        (points(30), points(30), points(90))
    );
    assert_eq!(state.holds().collect::<Vec<_>>(), [(order(1), points(30))]);
}

#[test]
fn of_lots_that_end_together_the_lower_id_is_held_first() {
    let history = with([earn(2, 5, 20), earn(1, 5, 20)]);
    history.when(hold(1, 25, 1)).then_events([held(1, &[part(1, 5, 20), part(2, 5, 5)], 15)]);
}

#[test]
fn points_are_good_before_their_end_and_not_at_it() {
    let history = || with([earn(1, 5, 20), earn(2, 9, 7)]);
    assert_eq!(
        (history().state().usable(after(4)), history().state().usable(after(5))),
        (points(27), points(7))
    );
    assert_eq!(history().state().balance(), points(27));
    history().and([hold(1, 27, 4)]);
    history().when(hold(1, 8, 5)).then_refused(insufficient(8, 7));
}

#[test]
fn no_more_is_held_than_can_be_used() {
    nothing().when(hold(1, 5, 1)).then_refused(insufficient(5, 0));
    with([earn(1, 5, 20)]).when(hold(1, 21, 1)).then_refused(insufficient(21, 20));
    with([earn(1, 5, 20), hold(1, 15, 1)]).when(hold(2, 6, 1)).then_refused(insufficient(6, 5));
}

#[test]
fn holding_no_points_changes_nothing() {
    nothing().when(hold(1, 0, 1)).then_nothing();
    with([earn(1, 5, 20)]).when(hold(1, 0, 1)).then_nothing();
}

#[test]
fn an_order_holds_points_once() {
    let history = || with([earn(1, 5, 20), hold(1, 15, 1)]);
    history().when(hold(1, 15, 2)).then_nothing();
    let otherwise = Rejection::HeldOtherwise { order: order(1), held: points(15) };
    history().when(hold(1, 16, 1)).then_refused(otherwise);
    history().when(hold(1, 0, 1)).then_refused(otherwise);
    history().and([spend(1, 1)]).when(hold(1, 15, 1)).then_nothing();
    history()
        .and([spend(1, 1)])
        .when(hold(1, 16, 1))
        .then_refused(Rejection::AlreadyUsed { order: order(1) });
}

#[test]
fn points_are_held_for_so_many_orders_at_a_time() {
    let number = |order: usize| u128::try_from(order).unwrap();
    let full = || with([earn(1, 5, 500)]).and((0..HOLDS_MAX).map(|order| hold(number(order), 1, 1)));
    full().when(hold(number(HOLDS_MAX), 1, 1)).then_refused(Rejection::TooManyHolds);
    full().and([spend(0, 1), hold(number(HOLDS_MAX), 1, 1)]);
}

#[test]
fn held_points_are_used_once() {
    let history = || with([earn(1, 5, 20), hold(1, 15, 1)]);
    let used =
        Used { account: account(), order: order(1), amount: points(15), levels: levels(5, 0), at: after(2) };
    history().when(spend(1, 2)).then_events([Event::Used(used)]);
    let state = history().and([spend(1, 2)]).state();
    assert_eq!((state.held_for(order(1)), state.used_for(order(1))), (points(0), points(15)));
    history().and([spend(1, 2)]).when(spend(1, 3)).then_nothing();
}

#[test]
fn held_points_are_used_after_their_end_too() {
    let state = with([earn(1, 5, 20), hold(1, 15, 1), expire(6), spend(1, 7)]).state();
    assert_eq!((state.used_for(order(1)), state.balance()), (points(15), points(0)));
}

#[test]
fn only_held_points_are_used() {
    let no_hold = Rejection::NotHeld { order: order(1) };
    nothing().when(spend(1, 1)).then_refused(no_hold);
    with([earn(1, 5, 20), hold(2, 5, 1)]).when(spend(1, 1)).then_refused(no_hold);
    with([earn(1, 5, 20), hold(1, 5, 1), release(1, 1)]).when(spend(1, 1)).then_refused(no_hold);
}

#[test]
fn released_points_go_back_to_their_lots() {
    let history = || with([earn(1, 10, 50), earn(2, 5, 20)]);
    let released = Released {
        account: account(),
        order: order(1),
        amount: points(30),
        parts: [part(2, 5, 20), part(1, 10, 10)].into_iter().collect(),
        levels: levels(70, 0),
        at: after(2),
    };
    history().and([hold(1, 30, 1)]).when(release(1, 2)).then_events([Event::Released(released)]);
    assert_eq!(history().and([hold(1, 30, 1), release(1, 2)]).state(), history().state());
}

#[test]
fn an_order_that_holds_nothing_is_released_already() {
    nothing().when(release(1, 1)).then_nothing();
    with([earn(1, 5, 20)]).when(release(1, 1)).then_nothing();
    with([earn(1, 5, 20), hold(1, 5, 1), release(1, 1)]).when(release(1, 2)).then_nothing();
}

#[test]
fn used_points_are_restored_not_released() {
    let history = || with([earn(1, 5, 20), hold(1, 15, 1), spend(1, 1)]);
    let spent = Rejection::AlreadyUsed { order: order(1) };
    history().when(release(1, 2)).then_refused(spent);
    history().and([restore(1, 7, 15, 2)]).when(release(1, 2)).then_refused(spent);
}
