//! Carts: a member's and a guest's, priced anew on every read.

use reqwest::Method;
use serde_json::{Value, json};

use super::house::{House, PRICE, bare, refusal, thrice};
use crate::client::{Client, Reply};

/// What a guest's browser sends.
async fn as_guest(house: &House, method: Method, path: &str, guest: &str, body: Value) -> Reply {
    let key = jangteo::ids::fresh().to_string();
    let headers = [("jangteo-guest", guest), ("idempotency-key", key.as_str())];
    house.nobody.send(method, &house.at(path), &headers, Some(body)).await
}

async fn cart(house: &House, shopper: &Client) -> Value {
    let reply = shopper.get(&house.at("/cart")).await;
    assert_eq!(reply.status, 200, "{:?}", reply.body);
    reply.body
}

async fn filled(house: &House, pieces: u32) -> Client {
    let shopper = house.shopper("minji").await;
    let reply = shopper.post(&house.at("/cart/items"), house.item(pieces)).await;
    assert_eq!(reply.status, 200, "{:?}", reply.body);
    shopper
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cart_is_filled_changed_and_emptied() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let item = house.at(&format!("/cart/items/{}", house.market.sku));
    let empty = cart(&house, &shopper).await;
    assert_eq!((&empty["items"], &empty["can_be_ordered"]), (&json!([]), &json!(false)));
    let added =
        thrice(&shopper, Method::POST, &house.at("/cart/items"), [house.item(2), house.item(3)]).await;
    assert_eq!(added.body["items"][0]["quantity"], json!(2));
    let more = shopper.post(&house.at("/cart/items"), house.item(1)).await.body;
    assert_eq!((&more["items"][0]["quantity"], &more["total_minor"]), (&json!(3), &json!(PRICE * 3)));
    let bodies = [json!({"quantity": 5}), json!({"quantity": 6})];
    let changed = thrice(&shopper, Method::PATCH, &item, bodies).await.body;
    assert_eq!((&changed["items"][0]["quantity"], &changed["total_minor"]), (&json!(5), &json!(PRICE * 5)));
    assert_eq!((&changed["items"][0]["issues"], &changed["can_be_ordered"]), (&json!([]), &json!(true)));
    let removed = thrice(&shopper, Method::DELETE, &item, [Value::Null, Value::Null]).await;
    assert_eq!(removed.body["items"], json!([]));
    shopper.post(&house.at("/cart/items"), house.item(1)).await;
    let emptied = thrice(&shopper, Method::DELETE, &house.at("/cart"), [Value::Null, Value::Null]).await;
    assert_eq!((&emptied.body["items"], &emptied.body["total_minor"]), (&json!([]), &json!(0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn every_read_says_what_is_wrong_now() {
    let house = House::open().await;
    let shopper = filled(&house, 4).await;
    house.reprice(10_000).await;
    let dearer = cart(&house, &shopper).await;
    assert_eq!(dearer["items"][0]["issues"], json!([{"code": "price_changed", "seen_minor": PRICE}]));
    assert_eq!((&dearer["total_minor"], &dearer["can_be_ordered"]), (&json!(40_000), &json!(true)));
    let item = house.at(&format!("/cart/items/{}", house.market.sku));
    let seen = shopper.write(Method::PATCH, &item, json!({"quantity": 4}), "seen").await;
    assert_eq!(seen.body["items"][0]["issues"], json!([]));
    house.lose(97).await;
    let short = cart(&house, &shopper).await;
    assert_eq!(short["items"][0]["issues"], json!([{"code": "not_enough_stock", "available": 3}]));
    assert_eq!((&short["total_minor"], &short["can_be_ordered"]), (&json!(0), &json!(false)));
    house.lose(3).await;
    let none = cart(&house, &shopper).await;
    assert_eq!(none["items"][0]["issues"], json!([{"code": "sold_out"}]));
    house.suspend().await;
    let gone = cart(&house, &shopper).await;
    assert_eq!(gone["items"][0]["issues"], json!([{"code": "product_suspended"}]));
    assert_eq!(
        (&gone["items"][0]["name"], &gone["items"][0]["unit_price_minor"]),
        (&json!("A book"), &Value::Null)
    );
    let refused = shopper.post(&house.at("/cart/items"), house.item(1)).await;
    assert_eq!(refusal(&refused), (409, "not_on_sale"));
    let path = format!("/seller/v1/products/{}/discontinuation", house.market.product);
    assert_eq!(bare(&house.merchant().await, Method::POST, &path).await.status, 200);
    let over = cart(&house, &shopper).await;
    assert_eq!(over["items"][0]["issues"], json!([{"code": "product_discontinued"}]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_has_quoted_the_delivery_of_cannot_be_bought() {
    let house = House::open().await;
    let shopper = filled(&house, 1).await;
    house.leave_delivery_to_quotes().await;
    let page = cart(&house, &shopper).await;
    assert_eq!(page["items"][0]["issues"], json!([{"code": "delivery_not_quoted"}]));
    assert_eq!((&page["total_minor"], &page["can_be_ordered"]), (&json!(0), &json!(false)));
    let refused = shopper.post(&house.at("/orders"), house.wish(1)).await;
    assert_eq!(refusal(&refused), (409, "delivery_not_quoted"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_suspended_merchant_sells_cannot_be_bought() {
    let house = House::open().await;
    let shopper = filled(&house, 1).await;
    house.stop_trading().await;
    let page = cart(&house, &shopper).await;
    assert_eq!(page["items"][0]["issues"], json!([{"code": "merchant_not_trading"}]));
    assert_eq!((&page["total_minor"], &page["can_be_ordered"]), (&json!(0), &json!(false)));
    let refused = shopper.post(&house.at("/orders"), house.wish(1)).await;
    assert_eq!(refusal(&refused), (409, "merchant_not_trading"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guests_cart_is_merged_into_the_members() {
    let house = House::open().await;
    let guest = jangteo::ids::fresh().to_string();
    let gathered = as_guest(&house, Method::POST, "/cart/items", &guest, house.item(3)).await;
    assert_eq!((gathered.status.as_u16(), &gathered.body["total_minor"]), (200, &json!(PRICE * 3)));
    let shopper = filled(&house, 2).await;
    let other = json!({"guest": jangteo::ids::fresh()});
    let merge = house.at("/cart/merge");
    let merged = thrice(&shopper, Method::POST, &merge, [json!({"guest": guest}), other]).await.body;
    assert_eq!((&merged["cart"]["items"][0]["quantity"], &merged["left_out"]), (&json!(3), &json!([])));
    let left = as_guest(&house, Method::GET, "/cart", &guest, Value::Null).await;
    assert_eq!(left.body["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn carts_are_their_owners() {
    let house = House::open().await;
    let shopper = filled(&house, 2).await;
    let (other, guest) = (house.shopper("jun").await, jangteo::ids::fresh().to_string());
    assert_eq!(cart(&house, &other).await["items"], json!([]));
    assert_eq!(as_guest(&house, Method::GET, "/cart", &guest, Value::Null).await.body["items"], json!([]));
    assert_eq!(cart(&house, &shopper).await["items"][0]["quantity"], json!(2));
    assert_eq!(refusal(&house.nobody.get(&house.at("/cart")).await), (401, "shopper_missing"));
    let broken = as_guest(&house, Method::GET, "/cart", "me", Value::Null).await;
    assert_eq!(refusal(&broken), (400, "bad_guest"));
    let merchant = house.merchant().await;
    assert_eq!(refusal(&merchant.get(&house.at("/cart")).await), (403, "wrong_caller"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_put_in_is_refused() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let items = house.at("/cart/items");
    let with = |field: &str, value: Value| {
        let mut item = house.item(1);
        item[field] = value;
        item
    };
    for (body, expected) in [
        (with("quantity", json!(0)), (422, "invalid_body")),
        (with("quantity", json!(-1)), (422, "invalid_body")),
        (with("quantity", json!(1_000)), (422, "cart_too_many_pieces")),
        (with("colour", json!("red")), (422, "invalid_body")),
        (with("sku", json!(jangteo::ids::fresh())), (422, "unknown_sku")),
        (with("product", json!(jangteo::ids::fresh())), (409, "not_on_sale")),
        (with("source", json!({"kind": "dream"})), (422, "invalid_body")),
    ] {
        assert_eq!(refusal(&shopper.post(&items, body.clone()).await), expected, "{body}");
    }
    let unknown = house.at(&format!("/cart/items/{}", jangteo::ids::fresh()));
    let change = shopper.write(Method::PATCH, &unknown, json!({"quantity": 1}), "1").await;
    assert_eq!(refusal(&change), (404, "cart_unknown_item"));
    assert_eq!(bare(&shopper, Method::DELETE, &unknown).await.status, 200);
    let nowhere = shopper.get("/storefront/v1/malls/nowhere/cart").await;
    assert_eq!(refusal(&nowhere), (404, "mall_not_found"));
}
