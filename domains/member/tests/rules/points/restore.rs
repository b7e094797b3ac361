//! How used points go back, and how long they are good then.

use member::points::policy::{RESTORED_VALID, RESTORES_PER_ORDER_MAX};
use member::points::{Event, Part, Rejection, Restored, State};

use super::sample::{
    account, after, earn, expire, hold, levels, nothing, order, part, points, restore, restored_part, spend,
    with,
};
use crate::given::Given;
use crate::sample::id;

/// Thirty points of two lots were used; one ends in ten days, the other in ninety.
fn used() -> Given<member::PointAccount> {
    with([earn(1, 10, 20), earn(2, 90, 40), hold(1, 30, 1), spend(1, 1)])
}

fn restored(number: u128, from: &[Part], to: &[Part], balance: i64, days: i64) -> Event {
    Event::Restored(Restored {
        account: account(),
        order: order(1),
        restore: id(number),
        amount: from.iter().map(|part| part.amount).sum(),
        from: from.iter().copied().collect(),
        to: to.iter().copied().collect(),
        levels: levels(balance, 0),
        at: after(days),
    })
}

fn lots(state: &State) -> Vec<Part> {
    state.lots().collect()
}

#[test]
fn the_latest_expiring_points_go_back_first() {
    let same = [part(2, 90, 8)];
    used().when(restore(1, 7, 8, 3)).then_events([restored(7, &same, &same, 38, 3)]);
    let state = used().and([restore(1, 7, 8, 3)]).state();
    assert_eq!((state.used_for(order(1)), lots(&state)), (points(22), vec![part(2, 90, 38)]));
}

#[test]
fn restored_points_are_good_for_thirty_days_at_least() {
    assert_eq!(RESTORED_VALID.as_secs(), 30 * 24 * 60 * 60);
    let (from, to) = ([part(1, 10, 5), part(2, 90, 10)], [restored_part(1, 7, 33, 5), part(2, 90, 10)]);
    used().when(restore(1, 7, 15, 3)).then_events([restored(7, &from, &to, 45, 3)]);
    assert_eq!(
        lots(&used().and([restore(1, 7, 15, 60)]).state()),
        [restored_part(1, 7, 90, 5), part(2, 90, 40)]
    );
    let later = [restored_part(1, 7, 91, 5), restored_part(2, 7, 91, 10)];
    used().when(restore(1, 7, 15, 61)).then_events([restored(7, &from, &later, 45, 61)]);
}

#[test]
fn restored_points_are_held_used_and_restored_like_others() {
    let again = used().and([restore(1, 7, 30, 3), hold(2, 25, 4), spend(2, 4)]);
    assert_eq!(lots(&again.state()), [part(2, 90, 35)]);
    let state = again.and([restore(2, 8, 25, 5)]).state();
    assert_eq!(lots(&state), [restored_part(1, 8, 35, 20), part(2, 90, 40)]);
    let early = used().and([restore(1, 7, 30, 3), hold(2, 25, 4), spend(2, 4), restore(2, 8, 25, 3)]);
    assert_eq!(lots(&early.state()), [restored_part(1, 7, 33, 20), part(2, 90, 40)]);
}

#[test]
fn points_of_one_earning_that_a_restore_prolongs_are_one_lot() {
    let two_lots = [
        earn(1, 10, 20),
        hold(1, 5, 1),
        spend(1, 1),
        restore(1, 7, 5, 2),
        hold(2, 20, 2),
        spend(2, 2),
        restore(2, 8, 20, 40),
    ];
    assert_eq!(lots(&with(two_lots).state()), [restored_part(1, 8, 70, 20)]);
}

#[test]
fn restored_points_expire_at_their_own_end() {
    let history = || used().and([restore(1, 7, 30, 3), expire(32)]);
    assert_eq!(history().state().balance(), points(60));
    assert_eq!(lots(&history().and([expire(33)]).state()), [part(2, 90, 40)]);
}

#[test]
fn a_restore_gives_back_once() {
    let history = || used().and([restore(1, 7, 8, 3)]);
    history().when(restore(1, 7, 8, 9)).then_nothing();
    let differs = Rejection::RestoreDiffers { restore: id(7) };
    history().when(restore(1, 7, 9, 3)).then_refused(differs);
    let two_orders = history().and([hold(2, 5, 3), spend(2, 3)]);
    two_orders.when(restore(2, 7, 5, 3)).then_refused(differs);
}

#[test]
fn an_order_restored_whole_is_known_when_its_commands_come_again() {
    let history = || used().and([restore(1, 7, 30, 3)]);
    for command in [restore(1, 7, 30, 3), spend(1, 3), hold(1, 30, 3), restore(1, 8, 0, 3)] {
        history().when(command).then_nothing();
    }
}

#[test]
fn no_more_goes_back_than_is_still_used() {
    let over = |asked, used| Rejection::RestoreExceedsUsed { asked: points(asked), used: points(used) };
    used().when(restore(1, 7, 31, 3)).then_refused(over(31, 30));
    used().and([restore(1, 7, 8, 3)]).when(restore(1, 8, 23, 3)).then_refused(over(23, 22));
    used().and([restore(1, 7, 30, 3)]).when(restore(1, 8, 1, 3)).then_refused(over(1, 0));
}

#[test]
fn only_used_points_go_back() {
    let unused = Rejection::NotUsed { order: order(1) };
    nothing().when(restore(1, 7, 1, 3)).then_refused(unused);
    with([earn(1, 10, 20), hold(1, 5, 1)]).when(restore(1, 7, 1, 3)).then_refused(unused);
}

#[test]
fn an_orders_points_go_back_in_so_many_parts() {
    let number = |restore: usize| u128::try_from(restore).unwrap();
    let all = i64::try_from(RESTORES_PER_ORDER_MAX).unwrap() + 1;
    let used = [earn(1, 90, all), hold(1, all, 1), spend(1, 1)];
    let restores = (0..RESTORES_PER_ORDER_MAX).map(|nth| restore(1, number(nth), 1, 3));
    with(used.into_iter().chain(restores))
        .when(restore(1, number(RESTORES_PER_ORDER_MAX), 1, 3))
        .then_refused(Rejection::TooManyRestores);
}

#[test]
fn a_restore_is_never_refused_for_the_limits_of_earning() {
    let most = kernel::Price::MAX;
    let commands =
        [earn(1, 90, most), hold(1, most, 1), spend(1, 1), earn(2, 90, most), restore(1, 7, most, 3)];
    assert_eq!(with(commands).state().balance(), points(2 * most));
}
