//! Receiving an order: tracking, confirming, holding the confirmation.

use reqwest::Method;
use serde_json::{Value, json};

use super::house::{House, bare, refusal, thrice};

fn of(order: &str, rest: &str) -> String {
    format!("/storefront/v1/orders/{order}{rest}")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parcel_is_tracked() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let order = house.delivered(&shopper, 2).await;
    let tracked = shopper.get(&of(&order, "/shipments")).await.body;
    let parcel = &tracked["items"][0];
    assert_eq!((&parcel["status"], &parcel["carrier"]), (&json!("delivered"), &json!("cj")));
    assert_eq!(parcel["lines"], json!([{"line": 1, "sku": house.market.sku, "quantity": 2}]));
    let scans: Vec<_> = parcel["scans"].as_array().unwrap().iter().map(|scan| &scan["status"]).collect();
    assert_eq!(scans, [&json!("in_transit"), &json!("delivered")]);
    let stranger = house.shopper("jun").await.get(&of(&order, "/shipments")).await;
    assert_eq!(refusal(&stranger), (404, "not_found"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shopper_reads_why_a_parcel_leaves_late() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let order = house.paid(&shopper, 1).await;
    house.explain_delay(&order, "We are closed for Seollal.").await;
    let parcel = &shopper.get(&of(&order, "/shipments")).await.body["items"][0];
    assert_eq!(parcel["delay_reason"], json!("holiday"));
    assert_eq!(parcel["delay_text"], json!("We are closed for Seollal."));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_arrived_is_confirmed_piece_by_piece() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let order = house.delivered(&shopper, 3).await;
    let path = of(&order, "/confirmation");
    let lines = |quantity: u32| json!({"lines": [{"line": 1, "quantity": quantity}]});
    let too_many = shopper.post(&path, lines(4)).await;
    assert_eq!(refusal(&too_many), (409, "not_enough"));
    let unknown = shopper.post(&path, json!({"lines": [{"line": 9, "quantity": 1}]})).await;
    assert_eq!(refusal(&unknown), (422, "unknown_line"));
    thrice(&shopper, Method::POST, &path, [lines(1), lines(2)]).await;
    house.settled().await;
    let page = shopper.get(&of(&order, "")).await.body;
    let pieces = &page["lines"][0]["pieces"];
    assert_eq!((&pieces["confirmed"], &pieces["delivered"]), (&json!(1), &json!(2)));
    house
        .world
        .clock
        .stop_at(sagas::Clock::now(&*house.world.clock) + chrono::TimeDelta::minutes(1))
        .unwrap();
    assert_eq!(bare(&shopper, Method::POST, &path).await.status, 200);
    house.settled().await;
    assert_eq!(shopper.get(&of(&order, "")).await.body["status"], json!("closed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_not_arrived_is_not_confirmed() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let order = house.paid(&shopper, 1).await;
    let early = bare(&shopper, Method::POST, &of(&order, "/confirmation")).await;
    assert_eq!(refusal(&early), (409, "nothing_to_confirm"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_held_order_waits_until_it_is_released() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let order = house.delivered(&shopper, 1).await;
    let path = of(&order, "/confirmation-hold");
    let past = shopper.write(Method::PUT, &path, json!({"until": "2026-03-01T00:00:00Z"}), "past").await;
    assert_eq!(refusal(&past), (422, "bad_hold_end"));
    thrice(&shopper, Method::PUT, &path, [json!({}), json!({"until": "2026-03-20T00:00:00Z"})]).await;
    house.world.pass(8).await;
    house.world.projected().await;
    let shopper = house.log_in("minji").await;
    let page = shopper.get(&of(&order, "")).await.body;
    assert_eq!((&page["status"], &page["confirmation_held"]), (&json!("paid"), &json!(true)));
    thrice(&shopper, Method::DELETE, &path, [Value::Null, Value::Null]).await;
    house.settled().await;
    let page = shopper.get(&of(&order, "")).await.body;
    assert_eq!((&page["status"], &page["confirmation_held"]), (&json!("closed"), &json!(false)));
}
