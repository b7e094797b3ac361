//! The admins, of whom the last one stays.

use member::admins::{Admins, Command, Event, Join, Joined, Leave, Left, Rejection, policy};

use crate::given::{Given, given};
use crate::sample::{day, id};

fn join(number: u128) -> Command {
    Command::Join(Join { operator: id(number), at: day(1) })
}

fn leave(number: u128) -> Command {
    Command::Leave(Leave { operator: id(number), at: day(2) })
}

fn admins(numbers: impl IntoIterator<Item = u128>) -> Given<Admins> {
    given([]).and(numbers.into_iter().map(join))
}

#[test]
fn an_admin_joins_once() {
    admins([]).when(join(1)).then_events([Event::Joined(Joined { operator: id(1), at: day(1) })]);
    admins([1]).when(join(1)).then_nothing();
    assert_eq!(admins([1, 2]).state().count(), 2);
}

#[test]
fn an_admin_leaves_while_another_stays() {
    admins([1, 2]).when(leave(1)).then_events([Event::Left(Left { operator: id(1), at: day(2) })]);
    assert!(!admins([1, 2]).and([leave(1)]).state().includes(id(1)));
}

#[test]
fn the_last_admin_stays() {
    admins([1]).when(leave(1)).then_refused(Rejection::LastAdmin);
    admins([1, 2]).and([leave(1)]).when(leave(2)).then_refused(Rejection::LastAdmin);
}

#[test]
fn who_is_no_admin_may_go() {
    admins([]).when(leave(1)).then_nothing();
    admins([1]).when(leave(2)).then_nothing();
}

#[test]
fn there_are_so_many_admins_at_most() {
    let most = u128::try_from(policy::ADMINS_MAX).unwrap();
    admins(0..most).when(join(most)).then_refused(Rejection::TooMany);
    admins(0..most).when(join(0)).then_nothing();
}
