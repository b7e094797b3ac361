//! How much of a product may be bought, said by the quote.

use kernel::Decider;
use kernel::Quantity;
use order::command::{Command, Place};
use order::purchase_limit::{Limited, Limits, MemberLimit, OverLimit, PurchaseLimit, over};
use order::quote::{Basket, FeeRule, QuotedItem, quote};
use order::value::{ClaimKind, LimitedPieces};
use order::{Order, Rejection};

use crate::given::given;
use crate::market::{cancel, complete, expire, group, line, mark_paid, open, place, place_of, refund};
use crate::offer::product;
use crate::quote::{basket, item, terms};
use crate::redeemed::redeemed;

fn pieces(number: u32) -> Quantity {
    Quantity::new(number).unwrap()
}

fn limited(per_order: Option<u32>, per_member: Option<u32>, bought: u32) -> Limited {
    let per_member = per_member.map(|most| MemberLimit { pieces: pieces(most), days: None });
    Limited { limit: PurchaseLimit { per_order: per_order.map(pieces), per_member }, bought }
}

#[test]
fn the_tighter_limit_counts_and_nothing_is_left_below_zero() {
    let allowed = [
        limited(None, None, 9),
        limited(Some(3), None, 9),
        limited(None, Some(5), 2),
        limited(Some(3), Some(5), 1),
        limited(Some(3), Some(5), 4),
        limited(Some(3), Some(5), 9),
    ];
    assert_eq!(allowed.map(Limited::allowed), [None, Some(3), Some(3), Some(3), Some(1), Some(0)]);
}

#[test]
fn all_variants_of_a_product_count_together() {
    let limits: Limits = [(product(1), limited(Some(3), None, 0))].into();
    let wanted = |counts: &[(u128, u32)]| {
        over(counts.iter().map(|(number, count)| (product(*number), pieces(*count))), &limits)
    };
    assert_eq!(wanted(&[(1, 2), (1, 1), (2, 99)]), []);
    let too_many = OverLimit { product: product(1), wanted: 4, allowed: 3 };
    assert_eq!(wanted(&[(1, 2), (2, 99), (1, 2)]), [too_many]);
}

#[test]
fn a_quote_says_what_is_over_its_limit_and_prices_it_all_the_same() {
    let other = QuotedItem { product: product(1), ..item(2, 1, 2, 100) };
    let limits: Limits = [(product(1), limited(None, Some(4), 1))].into();
    let basket = Basket { limits, ..basket(vec![item(1, 1, 2, 100), other]) };
    let quoted = quote(basket, &terms(FeeRule::Free)).unwrap();
    assert_eq!(quoted.over_limits, [OverLimit { product: product(1), wanted: 4, allowed: 3 }]);
    assert_eq!(quoted.total.minor(), 400);
}

/// The order of a limited product in two lines, of three and two pieces, and of another.
fn limited_order() -> Place {
    let other = order::value::OrderLine { product: product(1), ..line(2, 1, 2, 5_000) };
    let lines = vec![line(1, 1, 3, 10_000), other, line(3, 1, 1, 7_000)];
    Place { limited: [product(1)].into(), ..place_of(lines, vec![group(1, 0)]) }
}

/// What the last of these no longer counts.
fn uncounted(past: Vec<Command>, last: Command) -> Vec<(u128, u32)> {
    let events = Order::decide(&given(past).state(), last).unwrap();
    let told = events.iter().filter_map(redeemed);
    let of = |LimitedPieces { product, quantity }| (product.0.as_u128() - 0xa00, quantity.get());
    told.flat_map(|redeemed| redeemed.limited).map(of).collect()
}

#[test]
fn an_order_that_ends_unpaid_counts_no_more_and_one_that_is_paid_does() {
    let placed = || vec![Command::Place(limited_order())];
    assert_eq!(uncounted(placed(), expire(30)), [(1, 5)]);
    assert_eq!(uncounted(placed(), cancel()), [(1, 5)]);
    assert_eq!(uncounted(placed(), mark_paid(0, 1)), []);
}

#[test]
fn cancelled_and_returned_pieces_count_no_more_once_each() {
    let cancelled =
        |number, lines: &[(u16, u32)]| [open(number, ClaimKind::Cancel, lines), refund(number, 0, 0)];
    let mut past = vec![Command::Place(limited_order()), mark_paid(0, 1)];
    past.extend(cancelled(1, &[(1, 2), (3, 1)]));
    assert_eq!(uncounted(past.clone(), complete(1)), [(1, 2)]);
    past.push(complete(1));
    past.extend(cancelled(2, &[(1, 1), (2, 2)]));
    assert_eq!(uncounted(past, complete(2)), [(1, 3)], "and nothing again with the order's end");
    let mut past = vec![Command::Place(limited_order()), mark_paid(0, 1)];
    past.extend([
        crate::market::deliver(1, &[(1, 3)]),
        open(1, ClaimKind::Exchange, &[(1, 1)]),
        refund(1, 0, 0),
    ]);
    assert_eq!(uncounted(past, complete(1)), [], "what is exchanged is still bought");
}

#[test]
fn an_order_says_only_of_products_in_it_that_they_are_limited() {
    let elsewhere = Place { limited: [product(9)].into(), ..place() };
    given([]).when(Command::Place(elsewhere)).refused(&Rejection::LimitedNotOrdered { product: product(9) });
}
