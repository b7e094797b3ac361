//! Points (적립금) from their earning to their end, as a shopper sees them.

use reqwest::Method;
use serde_json::{Value, json};

use super::house::{House, PRICE, instrument, refusal, text};
use crate::client::Client;

/// A hundredth, rounded down to whole points.
const fn earned(pieces: i64) -> i64 {
    PRICE * pieces / 100
}

async fn points(house: &House, shopper: &Client) -> Value {
    let shown = shopper.get(&house.at("/points")).await;
    assert_eq!(shown.status, 200, "{:?}", shown.body);
    shown.body
}

/// Usable, held.
async fn levels(house: &House, shopper: &Client) -> [i64; 2] {
    let shown = points(house, shopper).await;
    ["usable_minor", "held_minor"].map(|name| shown[name].as_i64().unwrap())
}

/// What happened, the last first: what and how many.
async fn happened(house: &House, shopper: &Client) -> Vec<(String, i64)> {
    let history = shopper.get(&house.at("/points/history?limit=100")).await.body;
    let entries = history["items"].as_array().unwrap().iter();
    entries.map(|it| (text(&it["kind"]).to_owned(), it["amount_minor"].as_i64().unwrap())).collect()
}

fn entry(kind: &str, amount: i64) -> (String, i64) {
    (kind.to_owned(), amount)
}

async fn confirm(house: &House, shopper: &Client, order: &str, body: Value) {
    let path = format!("/storefront/v1/orders/{order}/confirmation");
    let reply = shopper.post(&path, body).await;
    assert_eq!(reply.status, 200, "{:?}", reply.body);
    house.settled().await;
}

/// An order of one piece that so many points are redeemed for, paid.
async fn redeem(house: &House, shopper: &Client, points: i64) -> String {
    let mut wish = house.wish(1);
    wish["points_minor"] = json!(points);
    wish["total_minor"] = json!(PRICE - points);
    let placed = shopper.post(&house.at("/orders"), wish).await;
    assert_eq!(placed.status, 201, "{:?}", placed.body);
    let order = text(&placed.body["order"]).to_owned();
    let path = format!("/storefront/v1/orders/{order}/payment");
    assert_eq!(shopper.post(&path, instrument("ok")).await.status, 200);
    house.settled().await;
    order
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_confirmed_earns_and_is_spent_on_the_next_order_and_comes_back_with_it() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let before = points(&house, &shopper).await;
    assert_eq!(
        (&before["usable_minor"], &before["lots"], &before["rate"]),
        (&json!(0), &json!([]), &json!("0.01"))
    );
    let order = house.delivered(&shopper, 3).await;
    assert_eq!(levels(&house, &shopper).await, [0, 0], "what is delivered earns nothing yet");
    confirm(&house, &shopper, &order, json!({"lines": [{"line": 1, "quantity": 1}]})).await;
    assert_eq!(levels(&house, &shopper).await, [earned(1), 0]);
    confirm(&house, &shopper, &order, json!({})).await;
    assert_eq!(levels(&house, &shopper).await, [earned(3), 0], "two parts earn what the whole does");
    let lots = points(&house, &shopper).await["lots"].clone();
    assert_eq!(
        lots[1]["expires_at"],
        json!("2027-03-02T15:00:00Z"),
        "the midnight of Seoul a year and a day later"
    );

    let next = redeem(&house, &shopper, 300).await;
    assert_eq!(levels(&house, &shopper).await, [earned(3) - 300, 0]);
    let claim = json!({"kind": "cancel", "reason": "changed_mind", "lines": [{"line": 1, "quantity": 1}]});
    let path = format!("/storefront/v1/orders/{next}/claims");
    assert_eq!(shopper.post(&path, claim).await.status, 201);
    house.settled().await;
    assert_eq!(points(&house, &shopper).await["lots"], lots, "each point is back in its lot");
    let expected = [
        entry("restored", 300),
        entry("used", 300),
        entry("held", 300),
        entry("earned", earned(3) - earned(1)),
        entry("earned", earned(1)),
    ];
    assert_eq!(happened(&house, &shopper).await, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_points_paid_for_earns_nothing() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let first = house.delivered(&shopper, 8).await;
    confirm(&house, &shopper, &first, json!({})).await;
    let order = redeem(&house, &shopper, 900).await;
    house.arrived(&order).await;
    confirm(&house, &shopper, &order, json!({})).await;
    assert_eq!(happened(&house, &shopper).await[0], entry("earned", (PRICE - 900) / 100));
    let last = shopper.get(&house.at("/points/history?limit=1")).await.body;
    let last = &last["items"][0];
    assert_eq!((&last["paid_minor"], &last["rate"]), (&json!(PRICE - 900), &json!("0.01")));
    assert_eq!(last["order"], json!(order));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_purchase_that_confirms_itself_earns_and_its_points_end() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    house.delivered(&shopper, 1).await;
    house.world.pass(8).await;
    let shopper = house.log_in("minji").await;
    assert_eq!(levels(&house, &shopper).await, [earned(1), 0]);
    assert_eq!(points(&house, &shopper).await["expiring_minor"], json!(0));
    house.world.pass(340).await;
    let shopper = house.log_in("minji").await;
    assert_eq!(points(&house, &shopper).await["expiring_minor"], json!(earned(1)));
    house.world.pass(25).await;
    let shopper = house.log_in("minji").await;
    assert_eq!(levels(&house, &shopper).await, [0, 0]);
    assert_eq!(happened(&house, &shopper).await, [entry("expired", earned(1)), entry("earned", earned(1))]);
    let mut wish = house.wish(1);
    wish["points_minor"] = json!(1);
    wish["total_minor"] = json!(PRICE - 1);
    let late = shopper.post(&house.at("/orders"), wish).await;
    assert_eq!(refusal(&late), (409, "points_insufficient"));
}

#[tokio::test(flavor = "multi_thread")]
async fn points_that_come_back_after_their_end_are_good_for_a_month() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    house.delivered(&shopper, 1).await;
    house.world.pass(8).await;
    house.world.pass(350).await;
    let shopper = house.log_in("minji").await;
    let order = redeem(&house, &shopper, earned(1)).await;
    house.world.pass(20).await;
    let shopper = house.log_in("minji").await;
    assert_eq!(levels(&house, &shopper).await, [0, 0]);
    let claim = json!({"kind": "cancel", "reason": "changed_mind", "lines": [{"line": 1, "quantity": 1}]});
    let path = format!("/storefront/v1/orders/{order}/claims");
    assert_eq!(shopper.post(&path, claim).await.status, 201);
    house.settled().await;
    assert_eq!(levels(&house, &shopper).await, [earned(1), 0]);
    house.world.pass(29).await;
    let shopper = house.log_in("minji").await;
    assert_eq!(levels(&house, &shopper).await, [earned(1), 0]);
    house.world.pass(2).await;
    let shopper = house.log_in("minji").await;
    assert_eq!(happened(&house, &shopper).await[0], entry("expired", earned(1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_history_is_read_page_by_page_and_by_its_owner_alone() {
    let house = House::open().await;
    let (shopper, stranger) = (house.shopper("minji").await, house.shopper("jun").await);
    let order = house.delivered(&shopper, 6).await;
    for pieces in [1, 2, 3] {
        confirm(&house, &shopper, &order, json!({"lines": [{"line": 1, "quantity": pieces}]})).await;
    }
    let (mut read, mut path) = (Vec::new(), house.at("/points/history?limit=2"));
    loop {
        let page = shopper.get(&path).await.body;
        read.extend(page["items"].as_array().unwrap().clone());
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = house.at(&format!("/points/history?limit=2&cursor={cursor}"));
    }
    let whole = shopper.get(&house.at("/points/history")).await.body;
    assert_eq!((read.len(), json!(read)), (3, whole["items"].clone()));
    assert_eq!(happened(&house, &stranger).await, []);
    assert_eq!(levels(&house, &stranger).await, [0, 0]);
    for rest in ["/points", "/points/history"] {
        let nowhere = format!("/storefront/v1/malls/nowhere{rest}");
        assert_eq!(refusal(&shopper.get(&nowhere).await), (404, "mall_not_found"));
        let reply = house.nobody.send(Method::GET, &house.at(rest), &[], None).await;
        assert_eq!(refusal(&reply), (401, "token_missing"));
    }
}
