//! Earning: confirmed pieces earn points, citing the confirmation; those that come back take them back.

use eventstore::Seq;
use kernel::Amount;
use order::command::{CompleteClaim, Confirm, OpenClaim};
use order::value::{ClaimKind, ClaimablePieces, ConfirmedBy};
use sagas::earning::Earning;
use sagas::{Effect, Errand, NoTimer, Saga};

use crate::given::{Told, check, given, minute, story, told};
use crate::market::{self, CLAIM, ORDER, of, order_story};

const ALL: [(u16, u32); 3] = [(1, 2), (2, 1), (3, 1)];

fn delivering() -> [(i64, order::Command); 2] {
    [(2, market::mark_paid(minute(2))), (5, market::deliver(1, &ALL, minute(5)))]
}

fn confirming() -> impl Iterator<Item = (i64, order::Command)> {
    let confirm = Confirm { lines: None, by: ConfirmedBy::Shopper, at: minute(6) };
    delivering().into_iter().chain([(6, order::Command::Confirm(confirm))])
}

/// A claim on the first line, and its end.
fn claimed(kind: ClaimKind, pieces: ClaimablePieces) -> [(i64, order::Command); 2] {
    let open = OpenClaim { claim: CLAIM, kind, pieces, lines: of(&[(1, 1)]), at: minute(7) };
    let complete = CompleteClaim { claim: CLAIM, at: minute(8) };
    [(7, order::Command::OpenClaim(open)), (8, order::Command::CompleteClaim(complete))]
}

fn taken_back() -> Vec<Told<NoTimer>> {
    let claim = claimed(ClaimKind::Return, ClaimablePieces::Confirmed);
    told(&order_story(confirming().chain(claim)))
}

#[test]
fn what_is_confirmed_earns_at_the_position_of_its_confirmation() {
    let earn = Errand::EarnPoints { order: ORDER, position: Seq(4), at: minute(6) };
    check::<Earning>(told(&order_story(confirming())), &[Effect::issue(earn)]);
    check::<Earning>(told(&order_story(delivering())), &[]);
}

#[test]
fn confirmed_pieces_that_come_back_take_back_what_they_earned() {
    let revoke = Errand::RevokePoints { order: ORDER, claim: CLAIM, position: Seq(6), at: minute(8) };
    check::<Earning>(taken_back(), &[Effect::issue(revoke)]);
    check::<Earning>(taken_back()[..5].to_vec(), &[]);
}

#[test]
fn pieces_that_were_not_confirmed_have_earned_nothing() {
    for kind in [ClaimKind::Return, ClaimKind::Exchange] {
        let claim = claimed(kind, ClaimablePieces::Unconfirmed);
        check::<Earning>(told(&order_story(delivering().into_iter().chain(claim))), &[]);
    }
}

#[test]
fn what_nobody_paid_for_is_nobodys_business() {
    let order::Command::Place(mut free) = market::place() else { panic!("it places") };
    for line in &mut free.lines {
        line.points = line.goods();
    }
    free.total =
        free.lines.iter().map(order::value::OrderLine::paid).sum::<Amount>() + free.groups[0].fee.amount();
    let placed = (0, order::Command::Place(free));
    let claim = claimed(ClaimKind::Return, ClaimablePieces::Confirmed);
    let whole = std::iter::once(placed).chain(confirming()).chain(claim);
    let words = told::<NoTimer>(&story::<order::Order>(&ORDER, whole));
    assert!(given::<Earning>(words).steps.is_empty());
}

#[test]
fn a_refused_earning_is_not_forgotten() {
    for code in ["points_balance_too_high", "points_too_many_lots", "mall_not_found"] {
        assert!(!Earning::expects("earn_points", code), "{code}");
    }
}

/// Every word there is.
pub(crate) fn every_word() -> Vec<Told<NoTimer>> {
    taken_back()
}
