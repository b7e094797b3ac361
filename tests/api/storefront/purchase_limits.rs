//! How many pieces of a product may be bought: said by page, quote and cart, held by checkout whoever orders at once.

use futures::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

use super::house::{House, PRICE, bare, instrument, refusal, text, thrice};
use crate::client::Client;

/// The merchant limits the market's product.
async fn limit(house: &House, limits: &Value) {
    let path = format!("/seller/v1/products/{}/purchase-limits", house.market.product);
    let key = jangteo::ids::fresh().to_string();
    let reply = house.merchant().await.write(Method::PUT, &path, limits.clone(), &key).await;
    assert_eq!(reply.status, 200, "{:?}", reply.body);
}

/// A house where one may buy so many.
async fn limited(pieces: u32) -> House {
    let house = House::open().await;
    limit(&house, &json!({"max_per_member": {"pieces": pieces}})).await;
    house
}

/// How many pieces the shopper may buy now.
async fn allowed(house: &House, shopper: &Client) -> u64 {
    let quote = shopper.post(&house.at("/quotes"), json!({"items": [house.item(1)]})).await.body;
    quote["lines"][0]["purchase_limit"]["allowed"].as_u64().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merchant_limits_what_may_be_bought_and_everybody_can_see_it() {
    let house = House::open().await;
    let (merchant, product) = (house.merchant().await, house.market.product);
    let path = format!("/seller/v1/products/{product}/purchase-limits");
    let none = json!({"max_per_order": null, "max_per_member": null});
    assert_eq!(house.page().await["purchase_limits"], none);
    let limits = json!({"max_per_order": 3, "max_per_member": {"pieces": 5, "days": 30}});
    thrice(&merchant, Method::PUT, &path, [limits.clone(), json!({"max_per_order": 4})]).await;
    house.world.projected().await;
    assert_eq!(house.page().await["purchase_limits"], limits);
    let own = merchant.get(&format!("/seller/v1/products/{product}")).await.body;
    assert_eq!(own["purchase_limits"], limits);
    for (body, code) in [
        (json!({"max_per_order": 0}), "invalid_body"),
        (json!({"max_per_order": 1_000}), "product_limit_out_of_range"),
        (json!({"max_per_member": {"pieces": 1, "days": 0}}), "product_limit_days_out_of_range"),
        (json!({"max_per_member": {}}), "invalid_body"),
    ] {
        let key = jangteo::ids::fresh().to_string();
        let reply = merchant.write(Method::PUT, &path, body, &key).await;
        assert_eq!(refusal(&reply), (422, code));
    }
    limit(&house, &json!({})).await;
    house.world.projected().await;
    assert_eq!(house.page().await["purchase_limits"], none);
}

#[tokio::test(flavor = "multi_thread")]
async fn quote_cart_and_checkout_say_what_is_over_its_limit() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    limit(&house, &json!({"max_per_order": 2, "max_per_member": {"pieces": 3}})).await;
    house.order(&shopper, 2).await;
    let ask = json!({"items": [house.item(1), house.item(1)]});
    let quote = shopper.post(&house.at("/quotes"), ask).await.body;
    let view =
        json!({"max_per_order": 2, "max_per_member": 3, "member_days": null, "bought": 2, "allowed": 1});
    for line in quote["lines"].as_array().unwrap() {
        assert_eq!((&line["purchase_limit"], &line["over_limit"]), (&view, &json!(true)), "all lines count");
    }
    assert_eq!((&quote["can_be_ordered"], &quote["total_minor"]), (&json!(false), &json!(2 * PRICE)));
    let cart = shopper.post(&house.at("/cart/items"), house.item(2)).await.body;
    assert_eq!(cart["items"][0]["issues"], json!([{"code": "over_limit", "allowed": 1}]));
    assert_eq!((&cart["can_be_ordered"], &cart["total_minor"]), (&json!(false), &json!(0)));
    let refused = shopper.post(&house.at("/orders"), house.wish(2)).await;
    assert_eq!(refusal(&refused), (409, "purchase_limit_exceeded"));
    let mut limits = view;
    (limits["product"], limits["wanted"]) = (json!(house.market.product), json!(2));
    assert_eq!(refused.body["limits"], json!([limits]));
    house.order(&shopper, 1).await;
    assert_eq!(
        refusal(&shopper.post(&house.at("/orders"), house.wish(1)).await),
        (409, "purchase_limit_exceeded")
    );
    let other = house.shopper("jun").await;
    house.order(&other, 2).await;
    assert_eq!(
        refusal(&other.post(&house.at("/orders"), house.wish(3)).await),
        (409, "purchase_limit_exceeded")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_member_buys_two_however_many_orders_come_at_once() {
    let house = limited(2).await;
    let shopper = house.shopper("minji").await;
    let orders = house.at("/orders");
    let replies = join_all((0..16).map(|_| shopper.post(&orders, house.wish(1)))).await;
    let mut met: Vec<_> = replies.iter().map(|reply| reply.status.as_u16()).collect();
    met.sort_unstable();
    assert_eq!(met, [[201; 2].as_slice(), &[409; 14]].concat());
    let refused = replies.iter().filter(|reply| reply.status == 409);
    assert!(refused.map(|reply| text(&reply.body["code"])).all(|code| code == "purchase_limit_exceeded"));
    assert_eq!(house.available().await, 98);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_request_again_finds_its_order_although_nothing_more_may_be_bought() {
    let house = limited(2).await;
    let shopper = house.shopper("minji").await;
    thrice(&shopper, Method::POST, &house.at("/orders"), [house.wish(2), house.wish(1)]).await;
    assert_eq!(allowed(&house, &shopper).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_ends_unpaid_or_is_cancelled_may_be_bought_again() {
    let house = limited(3).await;
    let shopper = house.shopper("minji").await;
    let cancelled = house.order(&shopper, 1).await;
    house.order(&shopper, 2).await;
    assert_eq!(allowed(&house, &shopper).await, 0);
    let path = format!("/storefront/v1/orders/{cancelled}/cancellation");
    assert_eq!(bare(&shopper, Method::POST, &path).await.status, 200);
    house.settled().await;
    assert_eq!(allowed(&house, &shopper).await, 1);
    house.world.pass(1).await;
    house.settled().await;
    let shopper = house.log_in("minji").await;
    assert_eq!(allowed(&house, &shopper).await, 3, "the other one expired");
    let paid = house.order(&shopper, 3).await;
    let path = format!("/storefront/v1/orders/{paid}");
    assert_eq!(shopper.post(&format!("{path}/payment"), instrument("ok")).await.status, 200);
    house.settled().await;
    assert_eq!(allowed(&house, &shopper).await, 0);
    for (pieces, left) in [(1, 1), (2, 3)] {
        let lines = json!([{"line": 1, "quantity": pieces}]);
        let claim = json!({"kind": "cancel", "reason": "changed_mind", "lines": lines});
        assert_eq!(shopper.post(&format!("{path}/claims"), claim).await.status, 201);
        house.settled().await;
        assert_eq!(allowed(&house, &shopper).await, left);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_of_some_days_counts_no_longer_than_that() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    limit(&house, &json!({"max_per_member": {"pieces": 2, "days": 7}})).await;
    house.paid(&shopper, 2).await;
    house.world.pass(6).await;
    assert_eq!(allowed(&house, &house.log_in("minji").await).await, 0);
    house.world.pass(2).await;
    assert_eq!(allowed(&house, &house.log_in("minji").await).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_guest_gathered_is_taken_in_as_far_as_it_may_be_bought() {
    let house = limited(3).await;
    let shopper = house.shopper("minji").await;
    house.order(&shopper, 1).await;
    let guest = jangteo::ids::fresh().to_string();
    let headers = [("jangteo-guest", guest.as_str()), ("idempotency-key", "gather")];
    let gathered =
        house.nobody.send(Method::POST, &house.at("/cart/items"), &headers, Some(house.item(3))).await;
    assert_eq!(gathered.body["items"][0]["issues"], json!([]), "a guest may still buy three");
    let bodies = [json!({"guest": guest}), json!({"guest": jangteo::ids::fresh()})];
    let merged = thrice(&shopper, Method::POST, &house.at("/cart/merge"), bodies).await.body;
    let item = &merged["cart"]["items"][0];
    assert_eq!((&item["quantity"], &item["issues"]), (&json!(2), &json!([{"code": "capped", "wanted": 3}])));
    assert_eq!((&merged["cart"]["can_be_ordered"], &merged["left_out"]), (&json!(true), &json!([])));
    let path = house.at(&format!("/cart/items/{}", house.market.sku));
    let seen = shopper.write(Method::PATCH, &path, json!({"quantity": 2}), "seen").await.body;
    assert_eq!(seen["items"][0]["issues"], json!([]));
    house.order(&shopper, 2).await;
    let path = house.at("/cart");
    assert_eq!(bare(&shopper, Method::DELETE, &path).await.status, 200);
    let headers = [("jangteo-guest", guest.as_str()), ("idempotency-key", "more")];
    house.nobody.send(Method::POST, &house.at("/cart/items"), &headers, Some(house.item(1))).await;
    let nothing = shopper.post(&house.at("/cart/merge"), json!({"guest": guest})).await.body;
    let left = (&nothing["cart"]["items"], &nothing["left_out"]);
    assert_eq!(left, (&json!([]), &json!([house.market.sku])));
}
