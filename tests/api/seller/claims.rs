//! Claims: a merchant says yes or no, inspects, lets wait.

use chrono::TimeDelta;
use order::value::ClaimKind;
use reqwest::Method;
use sagas::Clock;
use serde_json::{Value, json};
use uuid::Uuid;

use super::market::{Market, PRICE};

/// An order of three pieces that was delivered, and a return of two of them.
async fn returned(market: &Market) -> (Uuid, String) {
    let (product, sku) = market.product(&market.seller).await;
    let order = market.order(&[(product, sku, 3)]).await;
    market.deliver(market.shipment("requested").await).await;
    let claim = market.claim(order, ClaimKind::Return, 2).await;
    (order, format!("/seller/v1/claims/{claim}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_return_is_accepted_fetched_inspected_and_refunded() {
    let market = Market::open().await;
    let (order, path) = returned(&market).await;
    let listed = market.seller.get("/seller/v1/claims?phase=requested").await;
    assert_eq!(listed.body["items"].as_array().unwrap().len(), 1);
    assert_eq!(listed.body["items"][0]["goods_minor"], PRICE * 2);
    let due = market.world.clock.now() + TimeDelta::days(1);
    let hold = json!({"reason": "merchant_unclear", "due": due});
    let other = json!({"reason": "disputed", "due": due});
    market.seller.once(Method::POST, &format!("{path}/hold"), hold, other).await.is(200);
    market.seller.post(&format!("{path}/acceptance"), Value::Null).await.is_problem(409, "on_hold");
    market.world.projected().await;
    assert_eq!(market.seller.get(&path).await.body["hold"]["duty"], "merchant");
    market.seller.once(Method::POST, &format!("{path}/resumption"), Value::Null, Value::Null).await.is(200);
    market.seller.once(Method::POST, &format!("{path}/acceptance"), Value::Null, Value::Null).await.is(200);
    market.seen().await;
    market.deliver(market.shipment("requested").await).await;
    assert_eq!(market.seller.get(&path).await.body["phase"], "collected");
    let found = |resellable: u32, damaged: u32| json!({"result": "pass", "lines": [{"line": 1, "resellable": resellable, "damaged": damaged}]});
    let inspection = format!("{path}/inspection");
    market.seller.post(&inspection, found(1, 0)).await.is_problem(422, "inspection_differs");
    market.seller.once(Method::POST, &inspection, found(1, 1), found(2, 0)).await.is(200);
    market.seen().await;
    let shown = market.seller.get(&path).await;
    assert_eq!(
        (&shown.body["phase"], &shown.body["refund"]["refunded_minor"]),
        (&json!("completed"), &json!(PRICE * 2))
    );
    let pieces = market.seller.get(&format!("/seller/v1/orders/{order}")).await;
    assert_eq!(pieces.body["lines"][0]["pieces"]["returned"], 2);
    let stock = market.seller.get("/seller/v1/stock").await.body["items"][0].clone();
    assert_eq!((&stock["on_hand"], &stock["damaged"]), (&json!(8), &json!(1)));
    let seen = [("if-none-match", shown.header("etag"))];
    market.seller.send(Method::GET, &path, &seen, None).await.is(304);
}

#[tokio::test(flavor = "multi_thread")]
async fn goods_that_fail_the_inspection_go_back() {
    let market = Market::open().await;
    let (_, path) = returned(&market).await;
    market.seller.post(&format!("{path}/acceptance"), Value::Null).await.is(200);
    market.seen().await;
    market.deliver(market.shipment("requested").await).await;
    let inspection = format!("{path}/inspection");
    market.seller.post(&inspection, json!({"result": "fail"})).await.is_problem(422, "invalid_body");
    market.seller.post(&inspection, json!({"result": "fail", "reason": "used"})).await.is(200);
    let (refusal, other) = (json!({"refusal": "inspection_failed"}), json!({"refusal": "unfounded"}));
    market.seller.once(Method::POST, &format!("{path}/rejection"), refusal, other).await.is(200);
    market.seen().await;
    let shown = market.seller.get(&path).await;
    assert_eq!(
        (&shown.body["phase"], &shown.body["refusal"]),
        (&json!("rejected"), &json!("inspection_failed"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_of_what_a_merchant_has_seen_waits_for_its_word() {
    let market = Market::open().await;
    let (product, sku) = market.product(&market.seller).await;
    let order = market.order(&[(product, sku, 2)]).await;
    let shipment = market.shipment("requested").await;
    market.seller.post(&format!("/seller/v1/shipments/{shipment}/acceptance"), Value::Null).await.is(200);
    market.seen().await;
    let path = format!("/seller/v1/claims/{}", market.claim(order, ClaimKind::Cancel, 1).await);
    assert_eq!(market.seller.get(&path).await.body["phase"], "requested");
    market.seller.post(&format!("{path}/acceptance"), Value::Null).await.is_problem(409, "wrong_kind");
    let unsent = json!({"refusal": "not_sent_back"});
    market.seller.post(&format!("{path}/rejection"), unsent).await.is_problem(409, "wrong_phase");
    market.seller.once(Method::POST, &format!("{path}/approval"), Value::Null, Value::Null).await.is(200);
    market.seen().await;
    assert_eq!(market.seller.get(&path).await.body["phase"], "completed");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_judges_what_another_merchant_sold() {
    let market = Market::open().await;
    let other = market.other_seller().await;
    let (product, sku) = market.product(&market.seller).await;
    let (foreign, foreign_sku) = market.product(&other).await;
    let order = market.order(&[(product, sku, 1), (foreign, foreign_sku, 2)]).await;
    let shipment = market.shipment("requested").await;
    market.seller.post(&format!("/seller/v1/shipments/{shipment}/acceptance"), Value::Null).await.is(200);
    market.seen().await;
    let own = market.claim(order, ClaimKind::Cancel, 1).await;
    let path = format!("/seller/v1/claims/{own}");
    other.get(&path).await.is_problem(404, "not_found");
    assert_eq!(other.get("/seller/v1/claims").await.body["items"], json!([]));
    other.post(&format!("{path}/approval"), Value::Null).await.is_problem(404, "not_found");
    let untrue = json!({"refusal": "unfounded"});
    other.post(&format!("{path}/rejection"), untrue.clone()).await.is_problem(404, "not_found");
    market.seller.post(&format!("{path}/rejection"), untrue).await.is(200);
}
