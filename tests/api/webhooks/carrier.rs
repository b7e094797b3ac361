//! Carriers tell of parcels: signed, once or twice, late or never asked for.

use jangteo::app::webhook_secret;
use jangteo::gateways::webhook::sign;
use reqwest::Method;
use sagas::Clock;
use serde_json::{Value, json};

use crate::client::Reply;
use crate::seller::market::Market;

const PATH: &str = "/webhooks/carrier";

async fn tell(market: &Market, body: &Value) -> Reply {
    let secret = webhook_secret(&market.world.app.secrets);
    let signature = sign(&secret, &serde_json::to_vec(body).unwrap(), market.world.clock.now());
    market.guest.webhook(PATH, &signature, body).await
}

fn scan(market: &Market, id: &str, status: &str) -> Value {
    json!({
        "carrier": "cj",
        "tracking_number": "6001",
        "scan": id,
        "status": status,
        "occurred_at": market.world.clock.now(),
    })
}

/// A parcel just dispatched under the number 6001.
async fn parcel(market: &Market) -> String {
    let (product, sku) = market.product(&market.seller).await;
    market.order(&[(product, sku, 1)]).await;
    let path = format!("/seller/v1/shipments/{}", market.shipment("requested").await);
    let number = json!({"carrier": "cj", "tracking_number": "6001"});
    market.seller.post(&format!("{path}/dispatch"), number).await.is(200);
    path
}

#[tokio::test(flavor = "multi_thread")]
async fn scans_that_come_twice_and_late_move_nothing_back() {
    let market = Market::open().await;
    let path = parcel(&market).await;
    let first = tell(&market, &scan(&market, "1", "in_transit")).await;
    first.is(200);
    tell(&market, &scan(&market, "3", "delivered")).await.is(200);
    let again = tell(&market, &scan(&market, "1", "in_transit")).await;
    assert_eq!((again.status, &again.body), (first.status, &first.body), "it is on record already");
    tell(&market, &scan(&market, "2", "out_for_delivery")).await.is(200);
    market.seen().await;
    let shown = market.seller.get(&path).await;
    assert_eq!(shown.body["status"], "delivered");
    assert_eq!(shown.body["scans"].as_array().unwrap().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parcel_that_nobody_sent_is_not_found() {
    let market = Market::open().await;
    let mut unknown = scan(&market, "1", "in_transit");
    tell(&market, &unknown).await.is_problem(404, "not_found");
    parcel(&market).await;
    unknown["carrier"] = json!("hanjin");
    tell(&market, &unknown).await.is_problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_that_is_not_the_carriers_is_not_heard() {
    let market = Market::open().await;
    let path = parcel(&market).await;
    let body = scan(&market, "1", "delivered");
    market.guest.send(Method::POST, PATH, &[], Some(body.clone())).await.is_problem(401, "signature_invalid");
    let forged = sign(b"guess", &serde_json::to_vec(&body).unwrap(), market.world.clock.now());
    for signature in [forged.as_str(), "t=1,v1=00", "v1=", ""] {
        market.guest.webhook(PATH, signature, &body).await.is_problem(401, "signature_invalid");
    }
    market.world.projected().await;
    assert_eq!(market.seller.get(&path).await.body["status"], "dispatched");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scan_that_makes_no_sense_is_refused() {
    let market = Market::open().await;
    parcel(&market).await;
    let (mut unknown, mut surprise, mut ahead) =
        (scan(&market, "1", "teleported"), scan(&market, "1", "delivered"), scan(&market, "1", "delivered"));
    tell(&market, &unknown).await.is_problem(422, "invalid_body");
    unknown["status"] = Value::Null;
    tell(&market, &unknown).await.is_problem(422, "invalid_body");
    surprise["surprise"] = json!(1);
    tell(&market, &surprise).await.is_problem(422, "invalid_body");
    ahead["occurred_at"] = json!(market.world.clock.now() + chrono::TimeDelta::hours(1));
    tell(&market, &ahead).await.is_problem(422, "scan_ahead");
}
