//! The cart.

use kernel::id::{ProductId, SkuId};
use kernel::{MallId, Price, Quantity};
use order::cart::{Cart, CartItem, Rejection};
use order::purchase_limit::{Limited, Limits, MemberLimit, PurchaseLimit};
use order::value::Source;
use uuid::Uuid;

use crate::market::at;

fn sku(number: u128) -> SkuId {
    SkuId(Uuid::from_u128(number))
}

fn item(number: u128, pieces: u32) -> CartItem {
    let (product, quantity) = (ProductId(Uuid::from_u128(7)), Quantity::new(pieces).unwrap());
    let price_seen = Price::new(1_000).ok();
    CartItem {
        product,
        sku: sku(number),
        quantity,
        source: Source::Search,
        added_at: at(0),
        price_seen,
        capped_from: None,
    }
}

fn cart(items: &[(u128, u32)]) -> Cart {
    let empty = Cart::new(MallId::new("seoul").unwrap());
    items.iter().fold(empty, |cart, (number, pieces)| cart.add(item(*number, *pieces)).unwrap())
}

#[test]
fn adding_a_variant_again_adds_its_pieces() {
    assert_eq!(cart(&[(1, 2), (1, 3)]).items[&sku(1)].quantity.get(), 5);
    assert_eq!(cart(&[(1, 998)]).add(item(1, 2)), Err(Rejection::TooManyPieces { found: 1_000 }));
}

#[test]
fn a_cart_holds_a_hundred_items() {
    let full = cart(&(1..=100).map(|number| (number, 1)).collect::<Vec<_>>());
    assert_eq!(full.clone().add(item(101, 1)), Err(Rejection::TooManyItems));
    assert!(full.add(item(100, 1)).is_ok());
}

#[test]
fn a_quantity_is_set_within_its_limit_where_the_item_is() {
    let price = Price::new(900).ok();
    let set = |number, pieces| cart(&[(1, 2)]).set(sku(number), Quantity::new(pieces).unwrap(), price);
    let nine = set(1, 9).unwrap().items[&sku(1)].clone();
    assert_eq!((nine.quantity.get(), nine.price_seen), (9, price));
    assert_eq!(set(2, 9), Err(Rejection::UnknownItem { sku: sku(2) }));
    assert_eq!(set(1, 1_000), Err(Rejection::TooManyPieces { found: 1_000 }));
}

#[test]
fn removing_twice_is_removing_once() {
    let removed = cart(&[(1, 2), (2, 1)]).remove(sku(1));
    assert_eq!(removed, cart(&[(2, 1)]));
    assert_eq!(removed.clone().remove(sku(1)), removed);
}

#[test]
fn what_was_bought_leaves_and_what_came_meanwhile_stays() {
    let take = |pieces| cart(&[(1, 2), (2, 1)]).take(sku(1), Quantity::new(pieces).unwrap());
    assert_eq!(take(1), cart(&[(1, 1), (2, 1)]));
    assert_eq!(take(2), cart(&[(2, 1)]));
    assert_eq!(take(3), cart(&[(2, 1)]));
}

#[test]
fn adding_again_is_at_the_price_seen_last() {
    let dearer = CartItem { price_seen: Price::new(1_100).ok(), ..item(1, 1) };
    let again = cart(&[(1, 2)]).add(dearer.clone()).unwrap();
    assert_eq!(again.items[&sku(1)].price_seen, dearer.price_seen);
}

#[test]
fn merging_keeps_the_larger_quantity_and_twice_is_once() {
    let once = cart(&[(1, 2), (2, 5)]).merge(cart(&[(1, 4), (2, 1), (3, 1)]), &none()).unwrap().cart;
    assert_eq!(once, cart(&[(1, 4), (2, 5), (3, 1)]));
    assert_eq!(once.clone().merge(cart(&[(1, 4), (2, 1), (3, 1)]), &none()).unwrap().cart, once);
}

/// All variants of these tests are of one product, of which one may buy so many.
fn at_most(pieces: u32, bought: u32) -> Limits {
    let limit = PurchaseLimit {
        per_order: Quantity::new(pieces).ok(),
        per_member: Quantity::new(pieces).ok().map(|pieces| MemberLimit { pieces, days: None }),
    };
    [(ProductId(Uuid::from_u128(7)), Limited { limit, bought })].into()
}

fn none() -> Limits {
    Limits::new()
}

#[test]
fn merging_takes_in_no_more_than_may_be_bought_and_leaves_what_was_there() {
    let merge = |own: &[(u128, u32)], limits| {
        let merged = cart(own).merge(cart(&[(1, 4), (2, 3)]), &limits).unwrap();
        let kept = |item: &CartItem| (item.quantity.get(), item.capped_from.map(Quantity::get));
        let again = merged.cart.clone().merge(cart(&[(1, 4), (2, 3)]), &limits).unwrap();
        assert_eq!(again.cart, merged.cart, "twice is once");
        (merged.cart.items.values().map(kept).collect::<Vec<_>>(), merged.left_out.len())
    };
    assert_eq!(merge(&[], at_most(7, 0)), (vec![(4, None), (3, None)], 0));
    assert_eq!(merge(&[], at_most(6, 0)), (vec![(4, None), (2, Some(3))], 0));
    assert_eq!(merge(&[], at_most(6, 3)), (vec![(3, Some(4))], 1));
    assert_eq!(merge(&[(1, 2)], at_most(3, 0)), (vec![(3, Some(4))], 1));
    assert_eq!(merge(&[(1, 9)], at_most(3, 0)), (vec![(9, None)], 1), "the member's own stays");
    assert_eq!(merge(&[], at_most(6, 6)), (vec![], 2));
    let capped = cart(&[]).merge(cart(&[(1, 4)]), &at_most(3, 0)).unwrap().cart;
    let changed = capped.set(sku(1), Quantity::new(2).unwrap(), None).unwrap();
    assert_eq!(changed.items[&sku(1)].capped_from, None, "who changes it has seen it");
}

#[test]
fn a_full_cart_says_what_it_left_out() {
    let full = cart(&(1..=100).map(|number| (number, 1)).collect::<Vec<_>>());
    let merged = full.merge(cart(&[(100, 7), (101, 1)]), &none()).unwrap();
    assert_eq!(merged.left_out, [item(101, 1)]);
    assert_eq!(merged.cart.items[&sku(100)].quantity.get(), 7);
}

#[test]
fn carts_of_two_malls_do_not_merge() {
    let found = MallId::new("busan").unwrap();
    let result = cart(&[]).merge(Cart::new(found.clone()), &none());
    assert_eq!(result, Err(Rejection::OtherMall { found }));
}

#[test]
fn a_cart_comes_back_from_json_as_it_was() {
    let cart = cart(&[(1, 2), (2, 1)]);
    let text = serde_json::to_string(&cart).unwrap();
    assert_eq!(serde_json::from_str::<Cart>(&text).unwrap(), cart);
}
