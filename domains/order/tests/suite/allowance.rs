//! What a member may buy of a limited product: counted by order, given back, forgotten in time.

use kernel::id::{OrderId, ProductId};
use kernel::{Decider, Quantity, Timestamp};
use order::allowance::event::{GivenBack, Taken};
use order::allowance::{AllowanceId, Command, Event, GiveBack, PurchaseAllowance, Rejection, State, Take};
use order::purchase_limit::MemberLimit;
use proptest::prelude::*;
use uuid::Uuid;

use crate::check::{after, check, run};
use crate::market::at;
use crate::offer::{member, product};

const DAY: i64 = 24 * 60;

fn order(number: u128) -> OrderId {
    OrderId(Uuid::from_u128(0x100 + number))
}

fn allowance() -> AllowanceId {
    AllowanceId { member: member(1), product: product(1) }
}

fn pieces(number: u32) -> Quantity {
    Quantity::new(number).unwrap()
}

fn limit(most: u32, days: Option<u16>) -> MemberLimit {
    MemberLimit { pieces: pieces(most), days }
}

fn take_at(number: u128, quantity: u32, limit: MemberLimit, at: Timestamp) -> Command {
    let (allowance, quantity) = (allowance(), pieces(quantity));
    Command::Take(Take { allowance, order: order(number), quantity, limit, at })
}

/// An order takes pieces of a product of which one may buy five.
fn take(number: u128, quantity: u32) -> Command {
    take_at(number, quantity, limit(5, None), at(1))
}

fn give_back(number: u128, quantity: u32) -> Command {
    Command::GiveBack(GiveBack { order: order(number), quantity: pieces(quantity), at: at(2) })
}

fn taken(number: u128, quantity: u32) -> Event {
    let (allowance, limit, at) = (allowance(), limit(5, None), at(1));
    Event::Taken(Taken { allowance, order: order(number), quantity: pieces(quantity), limit, at })
}

fn given_back(number: u128, quantity: u32) -> Event {
    let (allowance, at) = (allowance(), at(2));
    Event::GivenBack(GivenBack { allowance, order: order(number), quantity: pieces(quantity), at })
}

fn exceeded(allowed: u32, wanted: u32) -> Rejection {
    let ProductId(product) = product(1);
    Rejection::Exceeded { product: ProductId(product), allowed, wanted }
}

pub(crate) fn samples() -> Vec<Event> {
    let weekly = take_at(1, 2, limit(5, Some(7)), at(1));
    let mut samples = crate::check::history::<PurchaseAllowance>([weekly]);
    samples.push(given_back(1, 1));
    samples
}

#[test]
fn orders_take_up_to_the_limit_and_not_beyond() {
    check::<PurchaseAllowance>([], take(1, 5), Ok(vec![taken(1, 5)]));
    check::<PurchaseAllowance>([take(1, 3)], take(2, 2), Ok(vec![taken(2, 2)]));
    check::<PurchaseAllowance>([], take(1, 6), Err(exceeded(5, 6)));
    check::<PurchaseAllowance>([take(1, 3)], take(2, 3), Err(exceeded(2, 3)));
    check::<PurchaseAllowance>([take(1, 5)], take(2, 1), Err(exceeded(0, 1)));
}

#[test]
fn an_order_takes_once() {
    check::<PurchaseAllowance>([take(1, 5)], take(1, 5), Ok(vec![]));
}

#[test]
fn what_is_given_back_can_be_taken_again_and_nothing_more() {
    let past = || [take(1, 3), take(2, 2)];
    check::<PurchaseAllowance>(past(), give_back(1, 2), Ok(vec![given_back(1, 2)]));
    let again = past().into_iter().chain([give_back(1, 2)]);
    check::<PurchaseAllowance>(again.clone(), take(3, 3), Err(exceeded(2, 3)));
    check::<PurchaseAllowance>(again, give_back(1, 5), Ok(vec![given_back(1, 1)]));
    check::<PurchaseAllowance>([take(1, 3), give_back(1, 3)], give_back(1, 3), Ok(vec![]));
    check::<PurchaseAllowance>(past(), give_back(9, 1), Ok(vec![]));
    check::<PurchaseAllowance>([], give_back(1, 1), Ok(vec![]));
}

#[test]
fn a_limit_of_some_days_forgets_what_was_bought_before_them() {
    let weekly = limit(5, Some(7));
    let first = take_at(1, 5, weekly, at(0));
    let (just_before, after_it) = (at(7 * DAY - 1), at(7 * DAY));
    check::<PurchaseAllowance>([first.clone()], take_at(2, 1, weekly, just_before), Err(exceeded(0, 1)));
    let state = after::<PurchaseAllowance>([first.clone(), take_at(2, 1, weekly, after_it)]);
    assert_eq!((state.counted(weekly, after_it), state.kept_by(order(1))), (1, None));
    check::<PurchaseAllowance>([first, take_at(2, 1, weekly, after_it)], give_back(1, 5), Ok(vec![]));
}

#[test]
fn a_limit_that_was_lowered_counts_what_was_bought_before() {
    let lower = take_at(2, 1, limit(2, None), at(1));
    check::<PurchaseAllowance>([take(1, 3)], lower, Err(exceeded(0, 1)));
}

proptest! {
    /// Whoever orders and cancels in whatever order: never more than the limit.
    #[test]
    fn no_more_is_ever_counted_than_the_limit(
        most in 1_u32..6, steps in prop::collection::vec((0_u128..8, 1_u32..5, any::<bool>()), 0..60)
    ) {
        let limit = limit(most, None);
        let commands = steps.into_iter().map(|(number, quantity, takes)| {
            if takes { take_at(number, quantity, limit, at(1)) } else { give_back(number, quantity) }
        });
        let mut state = State::default();
        for command in commands.collect::<Vec<_>>() {
            let (next, events) = crate::check::step::<PurchaseAllowance>(state, command);
            prop_assert!(next.counted(limit, at(1)) <= most, "{:?}", events);
            state = next;
        }
        prop_assert_eq!(run::<PurchaseAllowance>([]).0, PurchaseAllowance::fold(&[]));
    }
}
