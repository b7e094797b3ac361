//! A coupon between its member's orders: held, used, let go, given back, revoked.

use kernel::id::OrderId;
use order::campaign::{Plan, Terms};
use order::coupon::command::{GiveBack, Hold, Issue, Release, Revoke, Use};
use order::coupon::event::{GivenBack, Held, Issued, Released, Revoked, Used};
use order::coupon::{Command, Coupon, Event, Phase, Rejection};

use crate::check::{after, check};
use crate::market::at;
use crate::offer::{FROM, campaign, coupon_id, member, plan, terms};
use uuid::Uuid;

/// The first minute after the coupon's end.
const OVER: i64 = FROM + 7 * 24 * 60;

fn order(number: u128) -> OrderId {
    OrderId(Uuid::from_u128(0x100 + number))
}

/// The member's nth coupon, as the campaign's plan says.
pub(crate) fn issue_of(plan: &Plan, of: u128, nth: u32) -> Command {
    let issuance = plan.issuance(at(FROM));
    Command::Issue(Issue {
        coupon: coupon_id(of, nth),
        campaign: campaign(1),
        member: member(of),
        nth,
        terms: issuance.terms,
        valid_from: issuance.valid_from,
        valid_until: issuance.valid_until,
        at: at(FROM),
    })
}

/// Member 1's first coupon.
pub(crate) fn issue() -> Command {
    issue_of(&plan(), 1, 1)
}

/// The order of a member wants it in this minute.
pub(crate) fn hold_at(number: u128, of: u128, minute: i64) -> Command {
    Command::Hold(Hold { order: order(number), member: member(of), at: at(minute) })
}

/// An order of its member wants it.
pub(crate) fn hold(number: u128) -> Command {
    hold_at(number, 1, 30)
}

pub(crate) fn use_up(number: u128) -> Command {
    Command::Use(Use { order: order(number), at: at(31) })
}

pub(crate) fn release(number: u128) -> Command {
    Command::Release(Release { order: order(number), at: at(32) })
}

pub(crate) fn give_back(number: u128) -> Command {
    Command::GiveBack(GiveBack { order: order(number), at: at(33) })
}

pub(crate) fn revoke() -> Command {
    Command::Revoke(Revoke { at: at(34) })
}

pub(crate) fn issued() -> Event {
    let issuance = plan().issuance(at(FROM));
    Event::Issued(Issued {
        coupon: coupon_id(1, 1),
        campaign: campaign(1),
        member: member(1),
        nth: 1,
        terms: issuance.terms,
        valid_from: issuance.valid_from,
        valid_until: issuance.valid_until,
        at: at(FROM),
    })
}

fn held_at(order: OrderId, minute: i64) -> Event {
    let (coupon, campaign, member) = (coupon_id(1, 1), campaign(1), member(1));
    Event::Held(Held { coupon, campaign, member, order, at: at(minute) })
}

pub(crate) fn held(number: u128) -> Event {
    held_at(order(number), 30)
}

pub(crate) fn used(number: u128) -> Event {
    let (coupon, campaign, member, order) = (coupon_id(1, 1), campaign(1), member(1), order(number));
    Event::Used(Used { coupon, campaign, member, order, at: at(31) })
}

pub(crate) fn released(number: u128) -> Event {
    let (coupon, campaign, member, order) = (coupon_id(1, 1), campaign(1), member(1), order(number));
    Event::Released(Released { coupon, campaign, member, order, at: at(32) })
}

pub(crate) fn given_back(number: u128) -> Event {
    let (coupon, campaign, member, order) = (coupon_id(1, 1), campaign(1), member(1), order(number));
    Event::GivenBack(GivenBack { coupon, campaign, member, order, at: at(33) })
}

pub(crate) fn revoked() -> Event {
    let (coupon, campaign, member) = (coupon_id(1, 1), campaign(1), member(1));
    Event::Revoked(Revoked { coupon, campaign, member, at: at(34) })
}

/// An issued coupon after these commands.
fn past(more: impl IntoIterator<Item = Command>) -> impl Iterator<Item = Command> {
    [issue()].into_iter().chain(more)
}

#[test]
fn a_coupon_is_issued_once_and_a_second_issue_is_refused() {
    check::<Coupon>([], issue(), Ok(vec![issued()]));
    check::<Coupon>(past([]), issue(), Err(Rejection::AlreadyIssued));
    check::<Coupon>(past([revoke()]), issue(), Err(Rejection::AlreadyIssued));
}

#[test]
fn a_coupon_ends_after_it_becomes_valid() {
    let Command::Issue(issue) = issue() else { panic!("it is an issue") };
    let empty = Issue { valid_until: issue.valid_from, ..issue };
    check::<Coupon>([], Command::Issue(empty), Err(Rejection::BadValidity));
}

#[test]
fn nothing_is_asked_of_a_coupon_that_was_never_issued() {
    for command in [hold(1), use_up(1), release(1), give_back(1), revoke()] {
        check::<Coupon>([], command, Err(Rejection::NotFound));
    }
}

#[test]
fn an_order_of_its_member_holds_it() {
    check::<Coupon>(past([]), hold(1), Ok(vec![held(1)]));
    check::<Coupon>(past([hold(1)]), hold(1), Ok(vec![]));
    check::<Coupon>(past([]), hold_at(1, 2, 30), Err(Rejection::NotFound));
    check::<Coupon>(past([hold(1)]), hold_at(1, 2, 30), Err(Rejection::NotFound));
}

#[test]
fn a_coupon_is_held_from_its_first_instant_until_just_before_its_end() {
    for minute in [FROM, OVER - 1] {
        check::<Coupon>(past([]), hold_at(1, 1, minute), Ok(vec![held_at(order(1), minute)]));
    }
    let early = Rejection::NotYetValid { from: at(FROM) };
    check::<Coupon>(past([]), hold_at(1, 1, FROM - 1), Err(early));
    check::<Coupon>(past([]), hold_at(1, 1, OVER), Err(Rejection::Over { until: at(OVER) }));
}

#[test]
fn an_order_that_holds_it_keeps_it_beyond_its_end() {
    check::<Coupon>(past([hold_at(1, 1, OVER - 1)]), hold_at(1, 1, OVER), Ok(vec![]));
    check::<Coupon>(past([hold_at(1, 1, OVER - 1)]), use_up(1), Ok(vec![used(1)]));
}

#[test]
fn a_coupon_that_one_order_has_is_taken_for_another() {
    for has in [vec![hold(1)], vec![hold(1), use_up(1)]] {
        for command in [hold(2), use_up(2), release(2), give_back(2)] {
            check::<Coupon>(past(has.clone()), command, Err(Rejection::Taken));
        }
    }
}

#[test]
fn a_coupon_is_used_by_the_order_that_held_it() {
    check::<Coupon>(past([]), use_up(1), Err(Rejection::NotHeld));
    check::<Coupon>(past([hold(1)]), use_up(1), Ok(vec![used(1)]));
    check::<Coupon>(past([hold(1), use_up(1)]), use_up(1), Ok(vec![]));
    check::<Coupon>(past([hold(1), release(1)]), use_up(1), Err(Rejection::NotHeld));
}

#[test]
fn an_order_that_used_it_already_held_it() {
    check::<Coupon>(past([hold(1), use_up(1)]), hold(1), Ok(vec![]));
}

#[test]
fn a_released_coupon_can_be_held_by_another_order() {
    check::<Coupon>(past([hold(1)]), release(1), Ok(vec![released(1)]));
    check::<Coupon>(past([hold(1), release(1)]), hold(2), Ok(vec![held(2)]));
}

#[test]
fn what_an_order_let_go_of_it_lets_go_of_again_whoever_has_it_now() {
    let now: [&[Command]; 4] = [&[], &[hold(2)], &[hold(2), use_up(2)], &[revoke()]];
    for more in now {
        let past = || past([hold(1), release(1)].into_iter().chain(more.iter().cloned()));
        check::<Coupon>(past(), release(1), Ok(vec![]));
        check::<Coupon>(past(), give_back(1), Ok(vec![]));
    }
}

#[test]
fn an_order_lets_go_only_of_what_it_holds() {
    check::<Coupon>(past([]), release(1), Err(Rejection::NotHeld));
    check::<Coupon>(past([hold(1), release(1)]), release(2), Err(Rejection::NotHeld));
    check::<Coupon>(past([revoke()]), release(1), Err(Rejection::NotHeld));
}

#[test]
fn a_used_coupon_is_given_back_and_never_released() {
    check::<Coupon>(past([hold(1), use_up(1)]), release(1), Err(Rejection::Used));
    check::<Coupon>(past([hold(1), use_up(1)]), give_back(1), Ok(vec![given_back(1)]));
    check::<Coupon>(past([hold(1), use_up(1), give_back(1)]), give_back(1), Ok(vec![]));
    check::<Coupon>(past([hold(1), use_up(1), give_back(1)]), hold(2), Ok(vec![held(2)]));
}

#[test]
fn an_order_that_holds_it_anew_and_used_it_has_not_let_go_of_it() {
    let again = || past([hold(1), release(1), hold(1), use_up(1)]);
    check::<Coupon>(again(), release(1), Err(Rejection::Used));
    check::<Coupon>(again(), give_back(1), Ok(vec![given_back(1)]));
}

#[test]
fn only_a_used_coupon_is_given_back() {
    check::<Coupon>(past([]), give_back(1), Err(Rejection::NotUsed));
    check::<Coupon>(past([hold(1)]), give_back(1), Err(Rejection::NotUsed));
    check::<Coupon>(past([revoke()]), give_back(1), Err(Rejection::NotUsed));
}

#[test]
fn a_coupon_whose_terms_do_not_give_it_back_stays_used() {
    let plan = Plan { terms: Terms { back_at_cancel: false, ..terms() }, ..plan() };
    let past = [issue_of(&plan, 1, 1), hold(1), use_up(1)];
    check::<Coupon>(past, give_back(1), Err(Rejection::NotGivenBack));
}

#[test]
fn a_coupon_given_back_after_its_end_is_over() {
    let past = past([hold(1), use_up(1), give_back(1)]);
    check::<Coupon>(past, hold_at(2, 1, OVER), Err(Rejection::Over { until: at(OVER) }));
}

#[test]
fn an_unused_coupon_is_revoked_for_good() {
    check::<Coupon>(past([]), revoke(), Ok(vec![revoked()]));
    check::<Coupon>(past([revoke()]), revoke(), Ok(vec![]));
    check::<Coupon>(past([revoke()]), hold(1), Err(Rejection::Revoked));
    check::<Coupon>(past([revoke()]), use_up(1), Err(Rejection::Revoked));
}

#[test]
fn a_coupon_that_an_order_has_is_not_revoked() {
    check::<Coupon>(past([hold(1)]), revoke(), Err(Rejection::Held));
    check::<Coupon>(past([hold(1), use_up(1)]), revoke(), Err(Rejection::Used));
}

#[test]
fn a_coupon_says_its_terms_and_where_it_stands() {
    let state = after::<Coupon>(past([hold(1)]));
    assert_eq!(state.issued().map(|issued| &issued.terms), Some(&terms()));
    assert_eq!(state.phase(), Some(Phase::Held { order: order(1) }));
}

#[test]
fn the_refusals_that_a_shopper_meets_keep_their_codes() {
    use kernel::Rejection as _;
    assert_eq!((Rejection::NotFound.code(), Rejection::Taken.code()), ("coupon_not_found", "coupon_taken"));
    let over = Rejection::Over { until: at(0) };
    assert_eq!((over.code(), Rejection::Revoked.code()), ("coupon_over", "coupon_revoked"));
}
