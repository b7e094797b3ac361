//! Pieces that arrive and counts that are corrected.

use reqwest::Method;
use serde_json::json;

use super::market::Market;

#[tokio::test(flavor = "multi_thread")]
async fn stock_is_received_once_and_corrected_down_to_what_is_reserved() {
    let market = Market::open().await;
    let (product, sku) = market.product(&market.seller).await;
    let path = format!("/seller/v1/stock/{sku}");
    let receipts = format!("{path}/receipts");
    let (five, six) = (json!({"quantity": 5}), json!({"quantity": 6}));
    market.seller.once(Method::POST, &receipts, five, six).await.is(201);
    for quantity in [json!(0), json!(-1), json!(1_000_001), json!("5"), json!(1.5)] {
        let reply = market.seller.post(&receipts, json!({"quantity": quantity})).await;
        reply.is_problem(422, "invalid_body");
    }
    market.placed(&[(product, sku, 3)]).await;
    let stock = market.seller.get("/seller/v1/stock").await.body["items"][0].clone();
    assert_eq!(
        (&stock["on_hand"], &stock["reserved"], &stock["available"]),
        (&json!(15), &json!(3), &json!(12))
    );
    assert_eq!((&stock["merchant_code"], &stock["product"]), (&json!("book-1"), &json!(product)));
    let adjustments = format!("{path}/adjustments");
    let fall = |delta: i64| json!({"delta": delta, "reason": "Counted"});
    market.seller.post(&adjustments, fall(-13)).await.is_problem(409, "stock_below_reserved");
    market.seller.once(Method::POST, &adjustments, fall(-12), fall(-1)).await.is(201);
    let version = format!("\"{}\"", stock["version"]);
    let stale = [("idempotency-key", "k"), ("if-match", version.as_str())];
    let late = market.seller.send(Method::POST, &adjustments, &stale, Some(fall(1))).await;
    late.is_problem(412, "version_mismatch");
    market.world.projected().await;
    let stock = market.seller.get("/seller/v1/stock").await.body["items"][0].clone();
    assert_eq!((&stock["on_hand"], &stock["available"]), (&json!(3), &json!(0)));
}
