//! How points end.

use member::points::{Event, Expired};

use super::sample::{account, after, earn, expire, hold, levels, nothing, part, points, release, with};

#[test]
fn points_past_their_end_expire() {
    let expired = Expired {
        account: account(),
        amount: points(25),
        parts: [part(1, 5, 20), part(2, 6, 5)].into_iter().collect(),
        levels: levels(7, 0),
        at: after(6),
    };
    let history = || with([earn(1, 5, 20), earn(2, 6, 5), earn(3, 7, 7)]);
    history().when(expire(6)).then_events([Event::Expired(expired)]);
    assert_eq!(history().and([expire(6)]).state().lots().collect::<Vec<_>>(), [part(3, 7, 7)]);
}

#[test]
fn where_nothing_is_past_its_end_nothing_expires() {
    nothing().when(expire(9)).then_nothing();
    with([earn(1, 5, 20)]).when(expire(4)).then_nothing();
    with([earn(1, 5, 20), expire(5)]).when(expire(6)).then_nothing();
}

#[test]
fn held_points_do_not_expire() {
    with([earn(1, 5, 20), hold(1, 20, 1)]).when(expire(9)).then_nothing();
    let state = with([earn(1, 5, 20), hold(1, 15, 1), expire(9)]).state();
    assert_eq!(state.levels(), levels(0, 15));
}

#[test]
fn points_released_after_their_end_are_gone_with_the_next_expiry() {
    let history = || with([earn(1, 5, 20), hold(1, 15, 1), expire(6), release(1, 7)]);
    let state = history().state();
    assert_eq!((state.usable(after(7)), state.balance()), (points(0), points(15)));
    assert_eq!(state.next_expiry(), Some(after(5)));
    assert_eq!(history().and([expire(7)]).state().levels(), levels(0, 0));
}

#[test]
fn the_next_expiry_is_that_of_the_first_lot_with_points() {
    assert_eq!(nothing().state().next_expiry(), None);
    let history = || with([earn(1, 9, 20), earn(2, 5, 5)]);
    assert_eq!(history().state().next_expiry(), Some(after(5)));
    assert_eq!(history().and([hold(1, 5, 1)]).state().next_expiry(), Some(after(9)));
    assert_eq!(history().and([expire(9)]).state().next_expiry(), None);
}
