//! Delivery fees over several claims on one order, in worked examples: A and B are lines 1 and 2, one piece each.

use claim::value::Reason;
use kernel::{Amount, Price};
use order::command::Place;
use order::value::{ClaimKind, ClaimablePieces, DeliveryGroup, GroupNo, OrderLine};

use super::shop::{Shop, Step, line_of, merchant, place_of, price};

const A: u128 = 0;
const B: u128 = 1;

/// Group 1: its fee, or from which worth on it was free and what that waived.
pub(super) fn group(fee: i64, free_over: Option<i64>, waived: i64) -> DeliveryGroup {
    DeliveryGroup {
        group: GroupNo(1),
        merchant: merchant(1),
        fee: price(fee),
        free_over: free_over.map(price),
        surcharge: Price::ZERO,
        waived_fee: price(waived),
        return_fee: price(0),
    }
}

fn goods(number: u16, unit_price: i64) -> OrderLine {
    line_of((number, 1), (1, unit_price), [0; 3])
}

/// Delivery is 3,000.
fn paid_delivery() -> Place {
    place_of(vec![goods(1, 20_000), goods(2, 20_000)], vec![group(3_000, None, 0)])
}

/// Delivery is 3,000 below a threshold, which is reached.
fn free_delivery(threshold: i64, prices: [i64; 2]) -> Place {
    place_of(vec![goods(1, prices[0]), goods(2, prices[1])], vec![group(0, Some(threshold), 3_000)])
}

fn claim(kind: ClaimKind, line: u16, reason: Reason) -> Step {
    Step::Claim(kind, ClaimablePieces::Unconfirmed, vec![(line, 1)], reason)
}

fn cancel(line: u16) -> Step {
    claim(ClaimKind::Cancel, line, Reason::ChangedMind)
}

fn give_back(line: u16, reason: Reason) -> Step {
    claim(ClaimKind::Return, line, reason)
}

fn arrive() -> Step {
    Step::Deliver(vec![(1, 1), (2, 1)])
}

/// What the shopper has back after each step.
fn refunded(place: Place, steps: Vec<Step>) -> Vec<i64> {
    let mut shop = Shop::open(place);
    let back = |(number, step)| {
        shop.take(number, step);
        shop.refunded.minor()
    };
    steps.into_iter().enumerate().map(back).collect()
}

#[test]
fn a_fee_deducted_by_the_first_cancel_goes_back_with_the_last() {
    let steps = vec![cancel(1), Step::Complete(A), cancel(2), Step::Complete(B)];
    assert_eq!(refunded(free_delivery(30_000, [20_000, 20_000]), steps), [0, 17_000, 17_000, 40_000]);
}

#[test]
fn a_fee_deducted_by_the_buyers_return_goes_back_with_a_defective_rest() {
    let (mind, defect) = (give_back(1, Reason::ChangedMind), give_back(2, Reason::Defective));
    let steps = vec![arrive(), mind, Step::Complete(A), defect, Step::Complete(B)];
    assert_eq!(refunded(free_delivery(30_000, [20_000, 20_000]), steps), [0, 0, 17_000, 17_000, 40_000]);
}

#[test]
fn a_group_does_not_end_by_a_claim_that_comes_to_nothing() {
    let damaged = |line| give_back(line, Reason::DamagedInTransit);
    let steps = vec![arrive(), damaged(1), damaged(2), Step::Withdraw(A), Step::Complete(B)];
    assert_eq!(refunded(paid_delivery(), steps).last(), Some(&20_000));
}

#[test]
fn a_group_ends_with_the_claim_that_is_refunded_last() {
    let damaged = |line| give_back(line, Reason::DamagedInTransit);
    let steps = vec![arrive(), damaged(1), damaged(2), Step::Refund(B), Step::Complete(A), Step::Complete(B)];
    assert_eq!(refunded(paid_delivery(), steps), [0, 0, 0, 0, 23_000, 43_000]);
}

#[test]
fn the_fee_is_not_evaded_by_withdrawing_the_claim_that_would_have_paid_it() {
    let mind = |line| give_back(line, Reason::ChangedMind);
    let steps = vec![arrive(), mind(1), mind(2), Step::Withdraw(A), Step::Complete(B)];
    assert_eq!(refunded(free_delivery(50_000, [30_000, 30_000]), steps).last(), Some(&27_000));
}

#[test]
fn nobody_pays_for_a_threshold_that_a_withdrawn_claim_would_have_broken() {
    let mind = |line| give_back(line, Reason::ChangedMind);
    let steps = vec![arrive(), mind(2), mind(1), Step::Withdraw(A), Step::Complete(B)];
    assert_eq!(refunded(free_delivery(50_000, [30_000, 50_000]), steps).last(), Some(&30_000));
}

#[test]
fn the_fee_goes_back_once_however_often_a_piece_is_claimed() {
    let late = |line| claim(ClaimKind::Cancel, line, Reason::Late);
    let mut shop = Shop::open(paid_delivery());
    let steps = [late(1), late(2), Step::Withdraw(A), late(1), Step::Complete(B), Step::Complete(2)];
    for (number, step) in steps.into_iter().enumerate() {
        shop.take(number, step);
    }
    assert_eq!((shop.refunded, shop.deposits), (Amount::from_minor(43_000), Amount::ZERO));
}

#[test]
fn goods_paid_with_points_leave_at_what_they_counted() {
    // 40,000 count, although points pay for 10,000 of A; without A it is 20,000.
    let with_points = line_of((1, 1), (1, 20_000), [0, 0, 10_000]);
    let place = place_of(vec![with_points, goods(2, 20_000)], vec![group(0, Some(25_000), 3_000)]);
    assert_eq!(refunded(place, vec![cancel(1), Step::Complete(A)]), [0, 7_000]);
}

#[test]
fn a_fee_that_the_refund_could_not_cover_does_not_go_back() {
    // A is worth 1,000: of the 3,000 that are due after all only those are paid.
    let steps = vec![cancel(1), Step::Complete(A), cancel(2), Step::Complete(B)];
    assert_eq!(refunded(free_delivery(40_500, [1_000, 40_000]), steps), [0, 0, 0, 41_000]);
}
