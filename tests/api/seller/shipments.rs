//! The delivery board, and shipments from being seen to being delivered.

use reqwest::Method;
use sagas::Clock;
use serde_json::{Value, json};

use super::market::Market;

#[tokio::test(flavor = "multi_thread")]
async fn a_shipment_is_seen_explained_sent_and_delivered() {
    let market = Market::open().await;
    let (product, sku) = market.product(&market.seller).await;
    market.order(&[(product, sku, 2)]).await;
    let shipment = market.shipment("requested").await;
    let path = format!("/seller/v1/shipments/{shipment}");
    let scan =
        |status: &str| json!({"scan": status, "status": status, "occurred_at": market.world.clock.now()});
    market.seller.post(&format!("{path}/scans"), scan("picked_up")).await.is_problem(409, "not_dispatched");
    market.seller.once(Method::POST, &format!("{path}/acceptance"), Value::Null, Value::Null).await.is(200);
    let (notice, other) =
        (json!({"reason": "holiday", "text": "Lunar new year"}), json!({"reason": "other", "text": "Snow"}));
    market.seller.once(Method::POST, &format!("{path}/delay-notice"), notice, other).await.is(200);
    let parcel = json!({"carrier": "cj", "tracking_number": "1"});
    let other = json!({"carrier": "cj", "tracking_number": "2"});
    market.seller.once(Method::POST, &format!("{path}/dispatch"), parcel, other.clone()).await.is(200);
    market.seller.post(&format!("{path}/dispatch"), other).await.is_problem(409, "already_dispatched");
    market.seller.once(Method::POST, &format!("{path}/scans"), scan("delivered"), scan("lost")).await.is(201);
    market.seller.post(&format!("{path}/scans"), scan("in_transit")).await.is(201);
    market.seen().await;
    let shown = market.seller.get(&path).await;
    assert_eq!(
        (&shown.body["status"], &shown.body["delay_reason"]),
        (&json!("delivered"), &json!("holiday"))
    );
    assert_eq!(shown.body["recipient"]["address"], "Seoul");
    assert_eq!(shown.body["lines"], json!([{"line": 1, "sku": sku, "quantity": 2}]));
    let late: Vec<_> =
        shown.body["scans"].as_array().unwrap().iter().map(|scan| scan["late"].clone()).collect();
    assert_eq!(late, [json!(false), json!(true)]);
    let seen = [("if-none-match", shown.header("etag"))];
    market.seller.send(Method::GET, &path, &seen, None).await.is(304);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_shows_what_is_overdue() {
    let market = Market::open().await;
    let (product, sku) = market.product(&market.seller).await;
    market.order(&[(product, sku, 1)]).await;
    let board = "/seller/v1/shipments?overdue=true";
    assert_eq!(market.seller.get(board).await.body["items"], json!([]));
    assert_eq!(market.seller.get("/seller/v1/shipments").await.body["items"][0]["overdue"], false);
    market.world.pass(4).await;
    assert_eq!(market.seller.get(board).await.body["items"][0]["overdue"], true);
    market.seller.get("/seller/v1/shipments?status=lots").await.is_problem(400, "bad_query");
    market.seller.get("/seller/v1/shipments?late=1").await.is_problem(400, "unknown_query_parameter");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merchant_tells_of_its_own_delivery_within_a_day() {
    let market = Market::open().await;
    let (product, sku) = market.product(&market.seller).await;
    market.order(&[(product, sku, 1)]).await;
    let path = format!("/seller/v1/shipments/{}", market.shipment("requested").await);
    let parcel = json!({"carrier": "own", "tracking_number": "1"});
    market.seller.post(&format!("{path}/dispatch"), parcel).await.is(200);
    let now = market.world.clock.now();
    for (occurred_at, code) in [
        (now + chrono::TimeDelta::hours(1), "scan_ahead"),
        (now - chrono::TimeDelta::days(2), "scan_too_old"),
    ] {
        let scan = json!({"scan": "1", "status": "delivered", "occurred_at": occurred_at});
        market.seller.post(&format!("{path}/scans"), scan).await.is_problem(422, code);
    }
}
