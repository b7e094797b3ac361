//! Statements: what a merchant is owed, and its word on it.

use reqwest::Method;
use serde_json::{Value, json};

use super::market::{Market, PRICE, uuid};

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_statement_is_confirmed_by_its_merchant_and_paid_out() {
    let market = Market::open().await;
    let (product, sku) = market.product(&market.seller).await;
    let order = market.order(&[(product, sku, 2)]).await;
    market.deliver(market.shipment("requested").await).await;
    market.world.pass(8).await;
    market.world.projected().await;
    let open = market.seller.get("/seller/v1/statements?phase=open&mall=main").await;
    let statement = uuid(&open.body["items"][0]["statement"]);
    let path = format!("/seller/v1/statements/{statement}");
    let early = market.seller.post(&format!("{path}/confirmation"), Value::Null).await;
    early.is_problem(409, "not_closed");
    market.world.pass(22).await;
    market.world.projected().await;
    let closed = market.seller.get(&path).await;
    assert_eq!(closed.body["phase"], "closed");
    // Ten percent of 24,000 is the platform's.
    assert_eq!((&closed.body["sale_minor"], &closed.body["due_minor"]), (&json!(PRICE * 2), &json!(21_600)));
    let items = market.seller.get(&format!("{path}/items")).await;
    assert_eq!(items.body["items"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&items.body["items"][0]["order"], &items.body["items"][0]["net_minor"]),
        (&json!(order), &json!(21_600))
    );
    let confirm = format!("{path}/confirmation");
    market.seller.once(Method::POST, &confirm, Value::Null, Value::Null).await.is(200);
    market.seen().await;
    let paid = market.seller.get(&path).await;
    assert_eq!(paid.body["phase"], "paid");
    let seen = [("if-none-match", paid.header("etag"))];
    market.seller.send(Method::GET, &path, &seen, None).await.is(304);
    let stranger = market.other_seller().await;
    for path in [path.clone(), format!("{path}/items")] {
        stranger.get(&path).await.is_problem(404, "not_found");
    }
    stranger.post(&confirm, Value::Null).await.is_problem(404, "not_found");
    assert_eq!(stranger.get("/seller/v1/statements").await.body["items"], json!([]));
}
