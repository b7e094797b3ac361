//! Redemption: coupons and points follow their order.

use kernel::id::{CampaignId, CouponId};
use kernel::{Amount, Price, Quantity, Timestamp};
use member::points::{self, PointAccountId, RestoreId};
use order::allowance::{self, AllowanceId, GiveBack};
use order::coupon;
use order::value::{CancelReason, ClaimKind, CouponShare, LineNo, UsedCoupon};
use sagas::redemption::Redemption;
use sagas::{Command, Effect, NoTimer, Saga};
use uuid::Uuid;

use crate::given::{Told, check, minute, story, told};
use crate::market::{CLAIM, MEMBER, ORDER, cancel, expire, mall, mark_paid, open_claim, place};

const COUPON: CouponId = CouponId(Uuid::from_u128(0xc0));

/// The order with a coupon and 100 points on its first line, whose product is limited, then these.
fn words(commands: impl IntoIterator<Item = (i64, order::Command)>) -> Vec<Told<NoTimer>> {
    words_of(1, commands)
}

/// The same with the products of so many lines limited.
fn words_of(limited: usize, commands: impl IntoIterator<Item = (i64, order::Command)>) -> Vec<Told<NoTimer>> {
    let order::Command::Place(mut plain) = place() else { panic!("it places") };
    let line = &mut plain.lines[0];
    (line.discount_platform, line.points) = (Amount::from_minor(50), Amount::from_minor(100));
    plain.total -= Amount::from_minor(150);
    let share = CouponShare {
        line: LineNo(1),
        discount_merchant: Amount::ZERO,
        discount_platform: Amount::from_minor(50),
    };
    let campaign = CampaignId(Uuid::from_u128(0xca));
    plain.limited = plain.lines.iter().map(|line| line.product).take(limited).collect();
    plain.coupons = vec![UsedCoupon { coupon: COUPON, campaign, shares: vec![share] }];
    let placed = (0, order::Command::Place(plain));
    told(&story::<order::Order>(&ORDER, std::iter::once(placed).chain(commands)))
}

fn to_coupon(command: coupon::Command) -> Effect<NoTimer> {
    Effect::apart(Command::Coupon { coupon: COUPON, command })
}

fn to_points(command: points::Command) -> Effect<NoTimer> {
    let account = PointAccountId { member: MEMBER, mall: mall() };
    Effect::apart(Command::Points { account, command })
}

/// So many pieces of the first line's product no longer count.
fn given_back(pieces: u32, at: Timestamp) -> Effect<NoTimer> {
    let order::Command::Place(plain) = place() else { panic!("it places") };
    let allowance = AllowanceId { member: MEMBER, product: plain.lines[0].product };
    let give_back = GiveBack { order: ORDER, quantity: Quantity::new(pieces).unwrap(), at };
    Effect::apart(Command::Allowance { allowance, command: allowance::Command::GiveBack(give_back) })
}

/// All pieces of the first line's product.
fn limited() -> u32 {
    let order::Command::Place(plain) = place() else { panic!("it places") };
    let product = plain.lines[0].product;
    plain.lines.iter().filter(|line| line.product == product).map(|line| line.quantity.get()).sum()
}

fn released(at: Timestamp) -> [Effect<NoTimer>; 3] {
    [
        to_coupon(coupon::Command::Release(coupon::command::Release { order: ORDER, at })),
        to_points(points::Command::Release(points::Release { order: ORDER, at })),
        given_back(limited(), at),
    ]
}

/// Every piece of the order is cancelled.
fn cancelled() -> Vec<(i64, order::Command)> {
    let pieces: Vec<(u16, u32)> = {
        let order::Command::Place(plain) = place() else { panic!("it places") };
        plain.lines.iter().map(|line| (line.line.0, line.quantity.get())).collect()
    };
    let complete = order::command::CompleteClaim { claim: CLAIM, at: minute(3) };
    vec![
        (1, mark_paid(minute(1))),
        (2, open_claim(ClaimKind::Cancel, &pieces, minute(2))),
        (3, order::Command::CompleteClaim(complete)),
    ]
}

#[test]
fn what_a_paid_order_holds_is_used() {
    let at = minute(1);
    let used = [
        to_coupon(coupon::Command::Use(coupon::command::Use { order: ORDER, at })),
        to_points(points::Command::Use(points::Use { order: ORDER, at })),
    ];
    check::<Redemption>(words([(1, mark_paid(at))]), &used);
}

#[test]
fn what_an_order_holds_that_ends_unpaid_is_let_go_of() {
    check::<Redemption>(words([(30, expire(minute(30)))]), &released(minute(30)));
    for reason in [CancelReason::Shopper, CancelReason::PaymentFailed, CancelReason::Operator] {
        check::<Redemption>(words([(1, cancel(reason, minute(1)))]), &released(minute(1)));
    }
}

#[test]
fn a_cancel_of_everything_gives_points_and_coupons_back() {
    let at = minute(3);
    let restore = RestoreId(Uuid::new_v5(&CLAIM.0, b"points"));
    let amount = Price::new(100).unwrap();
    let back = [
        to_points(points::Command::Restore(points::Restore { order: ORDER, restore, amount, at })),
        given_back(limited(), at),
        to_coupon(coupon::Command::GiveBack(coupon::command::GiveBack { order: ORDER, at })),
    ];
    check::<Redemption>(words(cancelled()), &back);
    assert!(Redemption::expects("coupon.give_back", "coupon_not_given_back"), "a campaign may keep it used");
    assert!(!Redemption::expects("points.restore", "points_restore_exceeds_used"));
}

#[test]
fn an_order_that_redeems_nothing_is_nobodys_business() {
    let plain = told::<NoTimer>(&crate::market::order_story([(1, mark_paid(minute(1)))]));
    assert!(crate::given::given::<Redemption>(plain).steps.is_empty());
}

/// Every word there is of an order of which nothing is limited.
pub(crate) fn every_word() -> Vec<Told<NoTimer>> {
    every_word_of(0)
}

/// The same where something is.
pub(crate) fn every_limited_word() -> Vec<Told<NoTimer>> {
    every_word_of(1)
}

fn every_word_of(limited: usize) -> Vec<Told<NoTimer>> {
    let refused = Told::Refused("coupon.give_back", "coupon_not_given_back");
    let expired = words_of(limited, [(30, expire(minute(30)))]).pop();
    words_of(limited, cancelled()).into_iter().chain([refused]).chain(expired).collect()
}
