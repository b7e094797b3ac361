//! The cart.

use kernel::id::{ProductId, SkuId};
use kernel::{MallId, Price, Quantity};
use order::cart::{Cart, CartItem, Rejection};
use order::value::Source;
use uuid::Uuid;

use crate::market::at;

fn sku(number: u128) -> SkuId {
    SkuId(Uuid::from_u128(number))
}

fn item(number: u128, pieces: u32) -> CartItem {
    let (product, quantity) = (ProductId(Uuid::from_u128(7)), Quantity::new(pieces).unwrap());
    let price_seen = Price::new(1_000).ok();
    CartItem { product, sku: sku(number), quantity, source: Source::Search, added_at: at(0), price_seen }
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
    let once = cart(&[(1, 2), (2, 5)]).merge(cart(&[(1, 4), (2, 1), (3, 1)])).unwrap().cart;
    assert_eq!(once, cart(&[(1, 4), (2, 5), (3, 1)]));
    assert_eq!(once.clone().merge(cart(&[(1, 4), (2, 1), (3, 1)])).unwrap().cart, once);
}

#[test]
fn a_full_cart_says_what_it_left_out() {
    let full = cart(&(1..=100).map(|number| (number, 1)).collect::<Vec<_>>());
    let merged = full.merge(cart(&[(100, 7), (101, 1)])).unwrap();
    assert_eq!(merged.left_out, [item(101, 1)]);
    assert_eq!(merged.cart.items[&sku(100)].quantity.get(), 7);
}

#[test]
fn carts_of_two_malls_do_not_merge() {
    let found = MallId::new("busan").unwrap();
    let result = cart(&[]).merge(Cart::new(found.clone()));
    assert_eq!(result, Err(Rejection::OtherMall { found }));
}

#[test]
fn a_cart_comes_back_from_json_as_it_was() {
    let cart = cart(&[(1, 2), (2, 1)]);
    let text = serde_json::to_string(&cart).unwrap();
    assert_eq!(serde_json::from_str::<Cart>(&text).unwrap(), cart);
}
