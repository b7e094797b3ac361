//! What an order tells of the coupons and points that it redeems: all of it when it is paid or ends, and of a claim the points
//! of its pieces.

use kernel::{Amount, Decider};
use order::command::{Command, Place};
use order::value::{ClaimKind, CouponShare, OrderLine, Redeemed, UsedCoupon};
use order::{Event, Order};
use proptest::prelude::*;

use crate::given::given;
use crate::market::{cancel, complete, deliver, expire, group, line, mark_paid, open, place_of, refund, won};
use crate::offer::{campaign, coupon_id};

/// Three pieces at 10,000 with 1,000 off by a coupon and 10,000 points, one at 7,000 with 100 points.
fn place() -> Place {
    let first = OrderLine { discount_platform: won(1_000), points: won(10_000), ..line(1, 1, 3, 10_000) };
    let second = OrderLine { points: won(100), ..line(2, 1, 1, 7_000) };
    let share = CouponShare { line: first.line, discount_merchant: won(0), discount_platform: won(1_000) };
    let used = UsedCoupon { coupon: coupon_id(1, 1), campaign: campaign(1), shares: vec![share] };
    Place { coupons: vec![used], ..place_of(vec![first, second], vec![group(1, 0)]) }
}

fn after(more: impl IntoIterator<Item = Command>) -> Vec<Command> {
    std::iter::once(Command::Place(place())).chain(more).collect()
}

/// What the last of these tells.
fn told(past: Vec<Command>, last: Command) -> Vec<Redeemed> {
    let events = Order::decide(&given(past).state(), last).unwrap();
    events.iter().filter_map(redeemed).collect()
}

pub(crate) fn redeemed(event: &Event) -> Option<Redeemed> {
    match event {
        Event::Paid(body) => body.redeemed.clone(),
        Event::Expired(body) => body.redeemed.clone(),
        Event::Cancelled(body) => body.redeemed.clone(),
        Event::ClaimCompleted(body) => body.redeemed.clone(),
        Event::Placed(_)
        | Event::GiftAccepted(_)
        | Event::GiftEnded(_)
        | Event::LinesPrepared(_)
        | Event::LinesShipped(_)
        | Event::LinesDelivered(_)
        | Event::LinesLost(_)
        | Event::LinesConfirmed(_)
        | Event::ConfirmationHeld(_)
        | Event::HoldReleased(_)
        | Event::ClaimOpened(_)
        | Event::ClaimRefundStarted(_)
        | Event::ClaimClosed(_)
        | Event::Closed(_) => None,
    }
}

fn both(coupons: usize, points: i64) -> Redeemed {
    let Place { member, mall, .. } = place();
    let coupons = vec![coupon_id(1, 1); coupons];
    Redeemed { member, mall, coupons, points: won(points), limited: Vec::new() }
}

fn cancelled(number: u128, lines: &[(u16, u32)]) -> [Command; 3] {
    [open(number, ClaimKind::Cancel, lines), refund(number, 0, 0), complete(number)]
}

#[test]
fn an_order_that_is_paid_or_ends_tells_all_of_it() {
    for last in [mark_paid(0, 1), expire(30), cancel()] {
        assert_eq!(told(after([]), last), [both(1, 10_100)]);
    }
}

#[test]
fn an_order_that_redeems_nothing_tells_nothing() {
    let plain = || Command::Place(crate::market::place());
    for last in [mark_paid(0, 1), expire(30), cancel()] {
        assert_eq!(told(vec![plain()], last), []);
    }
    let [opened, started, completed] = cancelled(1, &[(1, 3)]);
    assert_eq!(told(vec![plain(), mark_paid(0, 1), opened, started], completed), []);
}

#[test]
fn a_claim_tells_the_points_of_its_pieces_and_the_last_cancel_the_coupons() {
    let [opened, started, completed] = cancelled(1, &[(1, 1)]);
    let past = after([mark_paid(0, 1), opened, started]);
    let first = told(past.clone(), completed.clone()).remove(0);
    assert_eq!((first.points, first.coupons.len()), (won(3_333), 0));
    let [opened, started, last] = cancelled(2, &[(1, 2), (2, 1)]);
    let past = past.into_iter().chain([completed, opened, started]).collect();
    let rest = won(10_100) - first.points;
    assert_eq!(told(past, last), [both(0, rest.minor()), both(1, 0)]);
}

#[test]
fn an_exchange_gives_no_points_back_and_a_return_does() {
    let returned = vec![both(0, 10_000)];
    for (kind, expected) in [(ClaimKind::Exchange, vec![]), (ClaimKind::Return, returned)] {
        let past = after([mark_paid(0, 1), deliver(1, &[(1, 3)]), open(1, kind, &[(1, 3)]), refund(1, 0, 0)]);
        assert_eq!(told(past, complete(1)), expected);
    }
}

proptest! {
    /// In whatever steps, and in whatever order of them.
    #[test]
    fn the_points_of_partial_cancels_add_up_to_what_was_redeemed(
        pieces in 1_u32..40, points in 0_i64..20_000, cuts in prop::collection::vec(1_u32..8, 40)
    ) {
        let points = points.min(i64::from(pieces) * 500);
        let first = OrderLine { points: won(points), ..line(1, 1, pieces, 500) };
        let placed = Command::Place(place_of(vec![first], vec![group(1, 0)]));
        let (mut past, mut left, mut back) = (vec![placed, mark_paid(0, 1)], pieces, Amount::ZERO);
        for (number, cut) in (1..).zip(cuts) {
            let count = cut.min(left);
            if count == 0 {
                break;
            }
            let [opened, started, last] = cancelled(number, &[(1, count)]);
            past.extend([opened, started]);
            back += told(past.clone(), last.clone()).into_iter().map(|it| it.points).sum();
            past.push(last);
            left -= count;
        }
        let whole = if left == 0 { won(points) } else { back };
        prop_assert_eq!(back, whole);
        prop_assert!(back <= won(points));
    }
}
