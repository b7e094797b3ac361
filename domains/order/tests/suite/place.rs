//! Placing an order.

use kernel::{Amount, Decider};
use order::command::{Command, Place};
use order::state::Phase;
use order::value::{ClaimKind, CouponShare, DeliveryGroup, GroupNo, LineNo, OrderLine, UsedCoupon};
use order::{Event, Order, Rejection};

use crate::given::given;
use crate::market::{
    at, complete, group, line, mark_paid, merchant, open, paid, place, place_of, placed, price, refund, won,
};
use crate::offer::{campaign, coupon_id};

fn when(place: Place) -> crate::given::Outcome {
    given([]).when(Command::Place(place))
}

#[test]
fn a_placement_allocates_fees_and_adds_up() {
    let (state, events) = when(place()).then(&["placed"]);
    let Event::Placed(placed) = &events[0] else { panic!("not placed") };
    assert_eq!(placed.goods_total, won(47_000));
    assert_eq!(placed.discount_total, won(1_500));
    assert_eq!(placed.shipping_total, won(2_500));
    assert_eq!(placed.total, won(48_000));
    let shipping: Vec<i64> = placed.lines.iter().map(|line| line.shipping.minor()).collect();
    assert_eq!(shipping, [1_875, 625, 0]);
    assert_eq!(placed.lines[0].paid, won(28_500));
    assert_eq!(placed.groups[0].lines, [LineNo(1), LineNo(2)]);
    assert_eq!(state.phase(), Phase::PendingPayment);
    assert_eq!(state.total(), Some(won(48_000)));
}

#[test]
fn a_free_order_can_be_placed() {
    when(place_of(vec![line(1, 1, 1, 0)], vec![group(1, 0)])).then(&["placed"]);
}

#[test]
fn placing_the_same_again_changes_nothing_and_another_is_refused() {
    given(placed()).when(Command::Place(place())).already_so();
    given(paid()).when(Command::Place(place())).already_so();
    let other = Place { confirm_after_days: 8, ..place() };
    given(placed()).when(Command::Place(other)).refused(&Rejection::AlreadyPlaced);
}

#[test]
fn the_total_must_be_the_one_that_the_shopper_saw() {
    when(Place { total: won(47_999), ..place() })
        .refused(&Rejection::TotalDiffers { expected: won(48_000), found: won(47_999) });
}

#[test]
fn an_order_has_1_to_100_lines() {
    when(place_of(vec![], vec![group(1, 0)])).refused(&Rejection::LineCount { found: 0 });
    let lines = |count| (1..=count).map(|number| line(number, 1, 1, 10)).collect::<Vec<_>>();
    when(place_of(lines(101), vec![group(1, 0)])).refused(&Rejection::LineCount { found: 101 });
    when(place_of(lines(100), vec![group(1, 0)])).then(&["placed"]);
}

#[test]
fn groups_partition_the_lines() {
    let (line_1, group_1, group_2) = (LineNo(1), GroupNo(1), GroupNo(2));
    let one = || vec![line(1, 1, 1, 10)];
    when(place_of(one(), vec![])).refused(&Rejection::GroupCount { found: 0 });
    when(place_of(one(), vec![group(2, 0)]))
        .refused(&Rejection::UnknownGroup { line: line_1, group: group_1 });
    when(place_of(one(), vec![group(1, 0), group(2, 0)])).refused(&Rejection::EmptyGroup { group: group_2 });
    when(place_of(one(), vec![group(1, 0), group(1, 0)])).refused(&Rejection::GroupTwice { group: group_1 });
    let foreign = OrderLine { merchant: merchant(9), ..line(1, 1, 1, 10) };
    when(place_of(vec![foreign], vec![group(1, 0)]))
        .refused(&Rejection::OtherMerchant { line: line_1, group: group_1 });
    when(place_of(vec![line(1, 1, 1, 10), line(1, 1, 1, 10)], vec![group(1, 0)]))
        .refused(&Rejection::LineTwice { line: line_1 });
}

/// No quote makes such an order, since a merchant's goods share a group; what is placed may be.
#[test]
fn one_variant_travels_in_two_groups() {
    let one = line(1, 1, 3, 1_000);
    let other =
        OrderLine { merchant: one.merchant, product: one.product, sku: one.sku, ..line(2, 2, 2, 1_000) };
    let elsewhere = DeliveryGroup { merchant: one.merchant, ..group(2, 2_000) };
    let place = place_of(vec![one, other], vec![group(1, 2_500), elsewhere]);
    let (state, events) = when(place.clone()).then(&["placed"]);
    let Event::Placed(placed) = &events[0] else { panic!("not placed") };
    let fees: Vec<_> = placed.lines.iter().map(|line| (line.group, line.shipping.minor())).collect();
    assert_eq!(fees, [(GroupNo(1), 2_500), (GroupNo(2), 2_000)]);
    assert_eq!(state.remaining(GroupNo(2)).pieces, 2);
    let cancelled = |number, lines: &[(u16, u32)]| {
        [open(number, ClaimKind::Cancel, lines), refund(number, 0, 0), complete(number)]
    };
    let steps = cancelled(1, &[(1, 1)]).into_iter().chain(cancelled(2, &[(2, 2)]));
    let past = [Command::Place(place), mark_paid(0, 1)].into_iter().chain(steps);
    let state = given(past).state();
    let left = [1, 2].map(|group| state.remaining(GroupNo(group)).pieces);
    assert_eq!((left, state.phase()), ([2, 0], Phase::Paid));
    let ended = cancelled(3, &[(1, 2)]).into_iter().fold(state, |state, command| {
        let events = Order::decide(&state, command).unwrap();
        events.iter().fold(state, Order::evolve)
    });
    assert_eq!(ended.phase(), Phase::Cancelled);
}

#[test]
fn a_line_is_within_its_limits() {
    let line_1 = LineNo(1);
    let one = |change: fn(&mut OrderLine)| {
        let mut line = line(1, 1, 1, 10);
        change(&mut line);
        when(place_of(vec![line], vec![group(1, 0)]))
    };
    one(|line| line.discount_merchant = won(-1)).refused(&Rejection::NegativeReduction { line: line_1 });
    one(|line| line.points = won(11)).refused(&Rejection::ReductionExceedsGoods { line: line_1 });
    one(|line| line.category = String::new()).refused(&Rejection::BadCategory { line: line_1 });
    one(|line| line.options = vec![line.options[0].clone(); 11])
        .refused(&Rejection::TooManyOptions { line: line_1 });
    one(|line| line.quantity = 1_000.try_into().unwrap()).refused(&Rejection::TooManyPieces { line: line_1 });
}

#[test]
fn coupons_explain_discounts_and_no_more() {
    let (line_1, coupon) = (LineNo(1), coupon_id(1, 1));
    let used = |of: u128, line, merchant, platform| UsedCoupon {
        coupon: coupon_id(of, 1),
        campaign: campaign(of),
        shares: vec![CouponShare {
            line,
            discount_merchant: won(merchant),
            discount_platform: won(platform),
        }],
    };
    let with = |coupons| when(Place { coupons, ..place() });
    with(vec![used(1, line_1, 600, 500), used(2, line_1, 400, 0)]).then(&["placed"]);
    with(vec![used(1, line_1, 1, 0), used(1, line_1, 1, 0)]).refused(&Rejection::CouponTwice { coupon });
    for (line, merchant, platform) in
        [(line_1, 1_001, 0), (line_1, 0, 501), (line_1, -1, 0), (LineNo(2), 1, 0), (LineNo(9), 0, 0)]
    {
        with(vec![used(1, line, merchant, platform)])
            .refused(&Rejection::CouponShareExceeds { coupon, line });
    }
    let many = (1..=21).map(|of| used(of, line_1, 1, 0)).collect();
    with(many).refused(&Rejection::TooManyCoupons { found: 21 });
}

#[test]
fn the_time_to_pay_ends_after_placing() {
    when(Place { payment_due: at(0), ..place() }).refused(&Rejection::PaymentDuePast);
    when(Place { confirm_after_days: 91, ..place() }).refused(&Rejection::ConfirmAfterTooLong);
}

#[test]
fn the_largest_order_does_not_saturate() {
    let lines = (1..=100).map(|number| line(number, 1, 999, 1_000_000_000_000)).collect();
    let place = place_of(lines, vec![group(1, 0)]);
    assert_eq!(place.total, price(1_000_000_000_000).amount().times(99_900));
    assert!(place.total < Amount::from_minor(i64::MAX));
    when(place).then(&["placed"]);
}
