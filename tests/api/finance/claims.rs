//! A confirmed piece taken back by an operator, as finance sees it.

use member::operator::Role;
use reqwest::Method;
use serde_json::{Value, json};

use super::settled::{Settled, settled};
use crate::client::Client;
use crate::market::api_key;
use crate::staff::staff;
use crate::world::World;

async fn seen(world: &World) {
    world.settle().await;
    world.projected().await;
}

/// The order of the settled market.
async fn order_of(settled: &Settled) -> String {
    let items = settled.finance.get(&settled.path("/items")).await.body;
    items["items"][0]["order"].as_str().unwrap().to_owned()
}

fn asked(pieces: u32) -> Value {
    json!({"reason": "changed_mind", "lines": [{"line": 1, "quantity": pieces}]})
}

/// An operator accepts, the goods are fetched, and the merchant finds them good.
async fn bring_back(settled: &Settled, desk: &Client, claim: &str) {
    let (world, client) = (&settled.world, &settled.client);
    let seller = client.with_token(&api_key(world, settled.market.merchant).await);
    assert_eq!(desk.post(&format!("/admin/v1/claims/{claim}/approval"), Value::Null).await.status, 202);
    seen(world).await;
    let shipments = seller.get("/seller/v1/shipments?status=requested").await.body;
    let path = format!("/seller/v1/shipments/{}", shipments["items"][0]["shipment"].as_str().unwrap());
    let parcel = json!({"carrier": "own", "tracking_number": "1"});
    assert_eq!(seller.post(&format!("{path}/dispatch"), parcel).await.status, 200);
    let at = sagas::Clock::now(&*world.clock);
    let scan = json!({"scan": "1", "status": "delivered", "occurred_at": at});
    assert_eq!(seller.post(&format!("{path}/scans"), scan).await.status, 201);
    seen(world).await;
    let found = json!({"result": "pass", "lines": [{"line": 1, "resellable": 1, "damaged": 0}]});
    let inspected = seller.post(&format!("/seller/v1/claims/{claim}/inspection"), found).await;
    assert_eq!(inspected.status, 200, "{inspected:?}");
    seen(world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_back_is_listed_explained_and_exported() {
    let settled = settled("123-456").await;
    let order = order_of(&settled).await;
    let desk = staff(&settled.world, &settled.client, &[Role::Support]).await;
    let path = format!("/admin/v1/orders/{order}/returns");
    let made = desk.write(Method::POST, &path, asked(1), "back").await;
    assert_eq!(made.status, 201, "{made:?}");
    let again = desk.write(Method::POST, &path, asked(1), "back").await;
    assert_eq!((again.status, &again.body), (made.status, &made.body));
    assert_eq!(desk.write(Method::POST, &path, asked(2), "back").await.status, 422);
    seen(&settled.world).await;
    bring_back(&settled, &desk, made.body["id"].as_str().unwrap()).await;

    settled.world.pass(40).await;
    settled.world.projected().await;
    let finance = staff(&settled.world, &settled.client, &[Role::Finance]).await;
    let over = finance.get("/finance/v1/malls/main/statements?phase=carried_over").await.body;
    let statement = format!("/finance/v1/statements/{}", over["items"][0]["statement"].as_str().unwrap());
    let items = finance.get(&format!("{statement}/items")).await.body;
    let [item] = items["items"].as_array().unwrap().as_slice() else { panic!("{items:?}") };
    assert_eq!(item["kind"], "refund_after_settlement");
    // A third of 37,035 less a third of its commission of 3,704, which was rounded once for all three pieces.
    assert_eq!((&item["sale_minor"], &item["net_minor"]), (&json!(-12_345), &json!(-11_110)));
    let sale = finance.get(&settled.path("/items")).await.body["items"][0].clone();
    assert_eq!(item["reverses"], sale["item"]);
    let key = item["item"].as_str().unwrap().replace('/', "%2F");
    let explained = finance.get(&format!("{statement}/items/{key}/explanation")).await.body;
    assert_eq!(explained["entry"][0]["cites"], item["cites"]);
    let payable =
        explained["share"].as_array().unwrap().iter().find(|line| line["account"] == "merchant_payable");
    assert_eq!(payable.unwrap()["debit_minor"], json!(11_110));
    let export = finance.get(&format!("{statement}/export?format=csv")).await;
    assert_eq!(export.header("jangteo-export-net-minor"), "-11110");
    assert!(export.text.contains("refund_after_settlement"), "{}", export.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_takes_back_only_what_is_confirmed_and_there() {
    let settled = settled("123-456").await;
    let order = order_of(&settled).await;
    let desk = staff(&settled.world, &settled.client, &[Role::Support]).await;
    let path = format!("/admin/v1/orders/{order}/returns");
    let many = desk.post(&path, asked(4)).await;
    assert_eq!((many.status.as_u16(), many.code()), (409, "not_enough"));
    let nothing = format!("/admin/v1/orders/{}/returns", jangteo::ids::fresh());
    assert_eq!(desk.post(&nothing, asked(1)).await.code(), "order_not_found");
    let unfit = json!({"reason": "lost", "lines": [{"line": 1, "quantity": 1}]});
    assert_eq!(desk.post(&path, unfit).await.code(), "reason_does_not_fit");
    let clerk = staff(&settled.world, &settled.client, &[Role::Finance]).await;
    assert_eq!(clerk.post(&path, asked(1)).await.code(), "role_missing");
}
