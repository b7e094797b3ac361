//! Placing an order.

use reqwest::Method;
use serde_json::{Value, json};

use super::house::{House, PRICE, refusal, text, thrice};

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_placed_once_under_its_key() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let placed = thrice(&shopper, Method::POST, &house.at("/orders"), [house.wish(2), house.wish(3)]).await;
    assert_eq!((placed.status.as_u16(), &placed.body["total_minor"]), (201, &json!(PRICE * 2)));
    assert_eq!(placed.body["payment_due"], json!("2026-03-02T09:30:00Z"));
    assert_eq!(house.available().await, 98);
    let position = placed.headers["jangteo-position"].to_str().unwrap();
    let headers = [("jangteo-position", position)];
    let list = shopper.send(Method::GET, "/storefront/v1/orders", &headers, None).await;
    assert_eq!(list.body["items"].as_array().unwrap().len(), 1);
    assert_eq!(list.body["items"][0]["order"], placed.body["order"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cart_is_bought_at_the_total_that_it_shows() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let shown = shopper.post(&house.at("/cart/items"), house.item(2)).await.body;
    let mut wish = house.wish(1);
    wish.as_object_mut().unwrap().remove("items");
    let refused = shopper.post(&house.at("/orders"), wish.clone()).await;
    assert_eq!(refusal(&refused), (409, "total_changed"));
    wish["total_minor"] = shown["total_minor"].clone();
    let placed = shopper.write(Method::POST, &house.at("/orders"), wish.clone(), "buy").await;
    assert_eq!(placed.status, 201, "{:?}", placed.body);
    assert_eq!(shopper.get(&house.at("/cart")).await.body["items"], json!([]));
    shopper.post(&house.at("/cart/items"), house.item(1)).await;
    let again = shopper.write(Method::POST, &house.at("/orders"), wish.clone(), "buy").await;
    assert_eq!((again.status, again.body), (placed.status, placed.body));
    let kept = shopper.get(&house.at("/cart")).await.body;
    assert_eq!(kept["items"][0]["quantity"], json!(1), "a repeated request takes nothing more");
    let other = house.shopper("jun").await.post(&house.at("/orders"), wish).await;
    assert_eq!(refusal(&other), (422, "nothing_to_buy"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_shows_who_receives_it_to_its_shopper_alone() {
    let house = House::open().await;
    let (minji, jun) = (house.shopper("minji").await, house.shopper("jun").await);
    let order = house.order(&minji, 1).await;
    house.settled().await;
    let path = format!("/storefront/v1/orders/{order}");
    let page = minji.get(&path).await;
    assert_eq!(page.body["recipient"]["phone"], json!("010-0000-0000"));
    assert_eq!(
        (&page.body["memo"], &page.body["status"]),
        (&json!("Leave it at the door"), &json!("pending_payment"))
    );
    assert_eq!(page.body["lines"][0]["pieces"]["ordered"], json!(1));
    assert!(page.headers.contains_key("etag"));
    let stranger = jun.get(&path).await;
    assert_eq!(refusal(&stranger), (404, "not_found"));
    let nobodys = jun.get(&format!("/storefront/v1/orders/{}", jangteo::ids::fresh())).await;
    assert_eq!(nobodys.body["detail"], stranger.body["detail"]);
    assert_eq!(jun.get("/storefront/v1/orders").await.body["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_ordered_is_refused_and_nothing_is_kept_for_it() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let with = |change: fn(&mut Value)| {
        let mut wish = house.wish(1);
        change(&mut wish);
        wish
    };
    let card = |amount: i64| json!([{"method": "card", "amount_minor": amount}]);
    let mut short = house.wish(1);
    short["tenders"] = card(1);
    let mut dear = house.wish(101);
    dear["total_minor"] = json!(PRICE * 101);
    for (body, expected) in [
        (with(|wish| wish["total_minor"] = json!(1)), (409, "total_changed")),
        (with(|wish| wish["total_minor"] = json!(-1)), (422, "invalid_body")),
        (with(|wish| wish["currency"] = json!("BRL")), (422, "other_currency")),
        (with(|wish| wish["currency"] = json!("XXX")), (422, "invalid_body")),
        (with(|wish| wish["items"][0]["quantity"] = json!(0)), (422, "invalid_body")),
        (with(|wish| wish["items"][0]["quantity"] = json!(1_000)), (422, "quote_too_many_pieces")),
        (with(|wish| wish["items"][0]["quantity"] = json!(9_000_000_000_i64)), (422, "invalid_body")),
        (with(|wish| wish["items"][0]["price_minor"] = json!(1)), (422, "invalid_body")),
        (with(|wish| wish["recipient"]["name"] = json!(" ")), (422, "invalid_body")),
        (
            with(|wish| wish["tenders"] = json!([{"method": "points", "amount_minor": 1}])),
            (422, "invalid_body"),
        ),
        (short, (422, "tenders_differ")),
        (dear, (409, "sold_out")),
    ] {
        let reply = shopper.post(&house.at("/orders"), body.clone()).await;
        assert_eq!(refusal(&reply), expected, "{body}: {:?}", reply.body);
    }
    let nowhere = shopper.post("/storefront/v1/malls/nowhere/orders", house.wish(1)).await;
    assert_eq!(refusal(&nowhere), (404, "mall_not_found"));
    house.suspend().await;
    let gone = shopper.post(&house.at("/orders"), house.wish(1)).await;
    assert_eq!(refusal(&gone), (409, "not_on_sale"));
    assert_eq!(shopper.get("/storefront/v1/orders").await.body["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_split_over_several_tenders() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let mut wish = house.wish(1);
    wish["tenders"] = json!([
        {"method": "card", "amount_minor": 10_000, "instalments": 3},
        {"method": "debit_card", "amount_minor": 2_345},
    ]);
    let placed = shopper.post(&house.at("/orders"), wish).await.body;
    house.settled().await;
    let page = shopper.get(&format!("/storefront/v1/orders/{}", text(&placed["order"]))).await.body;
    assert_eq!(page["payment_methods"], json!(["card", "debit_card"]));
}
