//! What a request may say.

use claim::command::{Request, RequestCancel};
use claim::value::{ClaimLine, GroupFacts, Kind, Party, Reason};
use claim::{Command, Rejection};

use crate::given::*;

fn with_lines(lines: Vec<ClaimLine>) -> Request {
    Request { lines, ..request() }
}

#[test]
fn a_request_names_a_line() {
    given([]).when(goods_back_of_lines(vec![])).refused(&Rejection::NoLines);
}

fn goods_back_of_lines(lines: Vec<ClaimLine>) -> Command {
    return_of(with_lines(lines))
}

#[test]
fn a_request_has_at_most_a_hundred_lines() {
    let lines = |count: u16| (1..=count).map(|number| ClaimLine { line: number, ..line() }).collect();
    given([]).when(goods_back_of_lines(lines(101))).refused(&Rejection::TooManyLines(101));
    given([]).when(goods_back_of_lines(lines(100))).then(&["requested"]);
}

#[test]
fn a_request_has_at_most_a_hundred_groups() {
    let groups = vec![group(); 101];
    given([]).when(return_of(Request { groups, ..request() })).refused(&Rejection::TooManyGroups(101));
}

#[test]
fn no_more_pieces_are_claimed_than_are_left() {
    let rest = ClaimLine { first_piece: 1, ..line() };
    given([]).when(goods_back_of_lines(vec![rest])).then(&["requested"]);
    let beyond = ClaimLine { first_piece: 2, ..line() };
    given([]).when(goods_back_of_lines(vec![beyond])).refused(&Rejection::MoreThanOrdered(1));
    let absurd = ClaimLine { first_piece: u32::MAX, ..line() };
    given([]).when(goods_back_of_lines(vec![absurd])).refused(&Rejection::MoreThanOrdered(1));
}

#[test]
fn nothing_was_paid_below_zero() {
    let paid = ClaimLine { paid: won(-1), ..line() };
    given([]).when(goods_back_of_lines(vec![paid])).refused(&Rejection::NegativeAmount(1));
    let shipping = ClaimLine { shipping: won(-1), ..line() };
    given([]).when(goods_back_of_lines(vec![shipping])).refused(&Rejection::NegativeAmount(1));
}

#[test]
fn the_groups_are_exactly_those_of_the_lines() {
    let with = |groups: Vec<GroupFacts>| return_of(Request { groups, ..request() });
    let second = GroupFacts { group: 2, ..group() };
    let strange = GroupFacts { merchant: OTHER_MERCHANT, ..group() };
    given([]).when(with(vec![])).refused(&Rejection::GroupsDiffer(1));
    given([]).when(with(vec![group(), group()])).refused(&Rejection::GroupsDiffer(1));
    given([]).when(with(vec![group(), second])).refused(&Rejection::GroupsDiffer(2));
    given([]).when(with(vec![strange])).refused(&Rejection::GroupsDiffer(1));
}

fn of_two_merchants() -> Request {
    let other = ClaimLine { line: 2, group: 2, merchant: OTHER_MERCHANT, ..line() };
    let other_group = GroupFacts { group: 2, merchant: OTHER_MERCHANT, ..group() };
    Request { lines: vec![line(), other], groups: vec![group(), other_group], ..request() }
}

#[test]
fn a_claim_is_of_one_merchant() {
    given([]).when(return_of(of_two_merchants())).refused(&Rejection::SeveralMerchants);
    for accepted in [false, true] {
        given([]).when(cancel_of(of_two_merchants(), accepted)).refused(&Rejection::SeveralMerchants);
    }
}

#[test]
fn a_shopper_says_that_goods_are_lost_once_they_are() {
    let lost = |lost, by| {
        let request = Request { reason: Reason::Lost, requested_by: by, ..request() };
        Command::RequestCancel(RequestCancel { request, accepted: false, lost })
    };
    given([]).when(lost(false, Party::Shopper)).refused_as("reason_not_yours");
    given([]).when(lost(true, Party::Shopper)).then(&["requested", "approved"]);
    given([]).when(lost(false, Party::Operator)).then(&["requested", "approved"]);
}

#[test]
fn a_reason_fits_the_kind() {
    let because = |reason| Request { reason, ..request() };
    given([])
        .when(cancel_of(because(Reason::Defective), false))
        .refused(&Rejection::ReasonDoesNotFit { kind: Kind::Cancel, reason: Reason::Defective });
    given([])
        .when(return_of(because(Reason::OutOfStock)))
        .refused(&Rejection::ReasonDoesNotFit { kind: Kind::Return, reason: Reason::OutOfStock });
}

#[test]
fn nobody_gives_a_reason_that_only_others_can_know() {
    let said = |requested_by, reason| cancel_of(Request { requested_by, reason, ..request() }, false);
    given([]).when(said(Party::Shopper, Reason::OutOfStock)).refused_as("reason_not_yours");
    given([]).when(said(Party::Merchant, Reason::ChangedMind)).refused_as("reason_not_yours");
    given([]).when(said(Party::Merchant, Reason::OutOfStock)).then(&["requested", "approved"]);
    given([]).when(said(Party::Operator, Reason::ChangedMind)).then(&["requested", "approved"]);
}

#[test]
fn that_a_gift_was_not_accepted_is_nobodys_word_and_nobodys_fee() {
    let because = |requested_by| Request { reason: Reason::GiftNotAccepted, requested_by, ..request() };
    for by in [Party::Shopper, Party::Merchant, Party::Operator] {
        given([]).when(cancel_of(because(by), false)).refused_as("reason_not_yours");
    }
    given([]).when(cancel_of(because(Party::System), false)).then(&["requested", "approved"]);
    given([]).when(return_of(because(Party::System))).refused_as("reason_does_not_fit");
    assert_ne!(claim::policy::fault_of(Reason::GiftNotAccepted), claim::value::Fault::Buyer);
    assert_ne!(claim::policy::fault_of(Reason::GiftNotAccepted), claim::value::Fault::Merchant);
}

#[test]
fn the_same_request_again_changes_nothing() {
    given([goods_back()]).when(goods_back()).then(&[]);
    given(return_journey()).when(goods_back()).then(&[]);
}

#[test]
fn another_request_under_the_same_id_is_refused() {
    let other = Request { reason: Reason::Defective, ..request() };
    given([goods_back()]).when(return_of(other)).refused(&Rejection::AlreadyRequested);
    given([goods_back()]).when(cancel()).refused(&Rejection::AlreadyRequested);
    let more = ClaimLine { quantity: quantity(3), ..line() };
    given([goods_back()]).when(goods_back_of_lines(vec![more])).refused(&Rejection::AlreadyRequested);
}
