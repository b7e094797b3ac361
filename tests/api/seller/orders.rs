//! Orders: a merchant's own lines only, and whom they go to once they are paid.

use reqwest::Method;
use serde_json::{Value, json};

use super::market::Market;

#[tokio::test(flavor = "multi_thread")]
async fn each_merchant_sees_its_own_lines_of_an_order() {
    let market = Market::open().await;
    let other = market.other_seller().await;
    let (product, sku) = market.product(&market.seller).await;
    let (foreign, foreign_sku) = market.product(&other).await;
    let order = market.order(&[(product, sku, 2), (foreign, foreign_sku, 1)]).await;
    for (seller, own) in [(&market.seller, sku), (&other, foreign_sku)] {
        let listed = seller.get("/seller/v1/orders?status=paid").await;
        assert_eq!(listed.body["items"].as_array().unwrap().len(), 1, "{listed:?}");
        for shown in [listed.body["items"][0].clone(), seller.get(&path(order)).await.body] {
            assert_eq!(shown["lines"].as_array().unwrap().len(), 1, "{shown}");
            assert_eq!(shown["lines"][0]["sku"], json!(own));
            assert_eq!(shown["groups"].as_array().unwrap().len(), 1);
        }
    }
    let shown = market.seller.get(&path(order)).await;
    assert_eq!(shown.body["lines"][0]["pieces"]["ordered"], 2);
    assert_eq!(shown.body["recipient"]["name"], "Kim");
    assert_eq!(shown.body["memo"], "Leave it at the door");
    let seen = [("if-none-match", shown.header("etag"))];
    market.seller.send(Method::GET, &path(order), &seen, None).await.is(304);
    let stranger = market.other_seller().await;
    stranger.get(&path(order)).await.is_problem(404, "not_found");
    assert_eq!(stranger.get("/seller/v1/orders").await.body["items"], json!([]));
}

fn path(order: uuid::Uuid) -> String {
    format!("/seller/v1/orders/{order}")
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_learns_where_an_unpaid_order_goes_to() {
    let market = Market::open().await;
    let (product, sku) = market.product(&market.seller).await;
    let (order, _) = market.placed(&[(product, sku, 1)]).await;
    let shown = market.seller.get(&path(order)).await;
    assert_eq!(shown.body["status"], "pending_payment");
    assert_eq!((&shown.body["recipient"], &shown.body["memo"]), (&Value::Null, &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shopper_who_is_forgotten_leaves_an_order_without_a_name() {
    let market = Market::open().await;
    let (product, sku) = market.product(&market.seller).await;
    let order = market.order(&[(product, sku, 1)]).await;
    market.world.app.vault.destroy(market.member.0).await.unwrap();
    let shown = market.seller.get(&path(order)).await;
    shown.is(200);
    assert_eq!(shown.body["recipient"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merchant_cancels_what_it_cannot_supply() {
    let market = Market::open().await;
    let (product, sku) = market.product(&market.seller).await;
    let order = market.order(&[(product, sku, 3)]).await;
    let shipment = market.shipment("requested").await;
    let accept = format!("/seller/v1/shipments/{shipment}/acceptance");
    market.seller.once(Method::POST, &accept, Value::Null, Value::Null).await.is(200);
    market.seen().await;
    let claims = format!("{}/claims", path(order));
    let cancel = |pieces: u32| json!({"reason": "out_of_stock", "lines": [{"line": 1, "quantity": pieces}]});
    let claim = market.seller.once(Method::POST, &claims, cancel(1), cancel(2)).await;
    claim.is(201);
    market.seen().await;
    let shown = market.seller.get(&format!("/seller/v1/claims/{}", claim.id())).await;
    assert_eq!((&shown.body["phase"], &shown.body["fault"]), (&json!("completed"), &json!("merchant")));
    assert_eq!(shown.body["refund"]["refunded_minor"], shown.body["goods_minor"]);
    let pieces = market.seller.get(&path(order)).await.body["lines"][0]["pieces"].clone();
    assert_eq!(pieces["cancelled"], 1, "{pieces}");
    market.seller.post(&claims, cancel(3)).await.is(409);
    let changed_mind = json!({"reason": "changed_mind", "lines": [{"line": 1, "quantity": 1}]});
    market.seller.post(&claims, changed_mind).await.is_problem(422, "invalid_body");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_merchants_line_is_cancelled_by_nobody_else() {
    let market = Market::open().await;
    let other = market.other_seller().await;
    let (product, sku) = market.product(&market.seller).await;
    let (foreign, foreign_sku) = market.product(&other).await;
    let order = market.order(&[(product, sku, 1), (foreign, foreign_sku, 1)]).await;
    let claims = format!("{}/claims", path(order));
    let cancel = |line: u16| json!({"reason": "out_of_stock", "lines": [{"line": line, "quantity": 1}]});
    let (foreign, absent) = (other.post(&claims, cancel(1)).await, other.post(&claims, cancel(9)).await);
    assert_eq!((foreign.status, &foreign.body["code"]), (absent.status, &absent.body["code"]));
    foreign.is_problem(absent.status.as_u16(), "unknown_line");
    other.post(&claims, cancel(2)).await.is(201);
}
