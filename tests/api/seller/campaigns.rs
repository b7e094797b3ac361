//! A merchant's own campaigns: for its own goods, at its own cost, and nobody else's business.

use member::operator::Role;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::market::{Market, PRICE, application, uuid};
use crate::client::Client;
use crate::market::{shopper, shopper_token};
use crate::staff::staff;

/// A thousand off all of a merchant's goods.
pub(super) fn campaign() -> Value {
    json!({
        "mall": "main", "name": "Spring", "benefit": {"kind": "amount", "off_minor": 1_000},
        "distribution": {"kind": "download"}, "total": 10, "stackable": true,
        "from": "2026-03-02T00:00:00Z", "until": "2026-04-01T00:00:00Z",
    })
}

fn of_products(products: &[Uuid]) -> Value {
    let mut campaign = campaign();
    campaign["scope"] = json!({"kind": "products", "products": products});
    campaign
}

async fn launched(seller: &Client, body: Value) -> Uuid {
    seller.post("/seller/v1/campaigns", body).await.id()
}

fn at(campaign: Uuid, rest: &str) -> String {
    format!("/seller/v1/campaigns/{campaign}{rest}")
}

/// What a shopper's quote of these takes off with a coupon of a campaign: by merchants, by the platform.
async fn quoted(market: &Market, items: &[(Uuid, Uuid)], campaign: Uuid) -> Value {
    let (_, address) = shopper(&market.world).await;
    let shopper = market.guest.with_token(&shopper_token(&market.world, &address).await);
    let coupon =
        shopper.post(&format!("/storefront/v1/campaigns/{campaign}/coupons"), Value::Null).await.id();
    let item = |(product, sku): &(Uuid, Uuid)| json!({"product": product, "sku": sku, "quantity": 1});
    let ask = json!({"items": items.iter().map(item).collect::<Vec<_>>(), "coupons": [coupon]});
    let quote = shopper.post("/storefront/v1/malls/main/quotes", ask).await;
    quote.is(200);
    quote.body["coupons"][0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merchants_campaign_covers_its_own_goods_alone() {
    let market = Market::open().await;
    let other = market.other_seller().await;
    let (own, others) = (market.product(&market.seller).await, market.product(&other).await);
    let post =
        market.seller.once(Method::POST, "/seller/v1/campaigns", campaign(), of_products(&[own.0])).await;
    post.is(201);
    let taken = quoted(&market, &[own, others], post.id()).await;
    assert_eq!(taken["lines"], json!([{"line": 1, "discount_minor": 1_000}]));
    let second = market.product(&market.seller).await;
    let of_one = launched(&market.seller, of_products(&[second.0])).await;
    let taken = quoted(&market, &[own, second, others], of_one).await;
    assert_eq!(taken["lines"], json!([{"line": 2, "discount_minor": 1_000}]));
    for product in [others.0, Uuid::from_u128(7)] {
        let refused = market.seller.post("/seller/v1/campaigns", of_products(&[own.0, product])).await;
        refused.is_problem(404, "not_found");
    }
    market.world.projected().await;
    let shown = market.seller.get(&at(of_one, "")).await.body;
    assert_eq!(shown["funding"], json!({"kind": "merchant"}), "it bears it alone");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merchant_steers_its_own_campaign_and_sees_what_it_costs() {
    let market = Market::open().await;
    let (product, sku) = market.product(&market.seller).await;
    let campaign = launched(&market.seller, campaign()).await;
    let (_, address) = shopper(&market.world).await;
    let shopper = market.guest.with_token(&shopper_token(&market.world, &address).await);
    let take =
        async || shopper.post(&format!("/storefront/v1/campaigns/{campaign}/coupons"), Value::Null).await;
    let steer = async |step: &str| market.seller.post(&at(campaign, step), Value::Null).await;
    steer("/pause").await.is(200);
    take().await.is_problem(409, "campaign_not_running");
    let path = at(campaign, "/resumption");
    market.seller.once(Method::POST, &path, Value::Null, Value::Null).await.is(200);
    let coupon = take().await.id();
    let recipient = json!({"name": "Kim", "phone": "010", "postal_code": "04524", "address": "Seoul"});
    let wish = json!({
        "items": [{"product": product, "sku": sku, "quantity": 1}], "recipient": recipient, "currency": "KRW",
        "total_minor": PRICE - 1_000, "coupons": [coupon],
    });
    let order = shopper.post("/storefront/v1/malls/main/orders", wish).await;
    order.is(201);
    let path = format!("/storefront/v1/orders/{}/payment", uuid(&order.body["order"]));
    shopper.post(&path, json!({"instrument": "ok"})).await.is(200);
    market.seen().await;
    let ended = steer("/end").await;
    let seen = [("jangteo-position", ended.header("jangteo-position"))];
    let shown = market.seller.send(Method::GET, &at(campaign, ""), &seen, None).await;
    assert_eq!((&shown.body["state"], &shown.body["discount_used_minor"]), (&json!("ended"), &json!(1_000)));
    assert_eq!((&shown.body["coupons"]["used"], &shown.body["coupons"]["left"]), (&json!(1), &json!(9)));
    assert_eq!(shown.header("etag"), format!("\"{}\"", shown.body["version"]));
    steer("/resumption").await.is_problem(409, "campaign_ended");
    steer("/celebration").await.is_problem(404, "not_found");
    for (filter, found) in [("", 1), ("?state=ended", 1), ("?state=running", 0), ("?mall=busan", 0)] {
        let listed = market.seller.get(&format!("/seller/v1/campaigns{filter}")).await;
        assert_eq!(listed.body["items"].as_array().map(Vec::len), Some(found), "{filter}: {listed:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn operators_see_merchants_campaigns_and_merchants_only_their_own() {
    let market = Market::open().await;
    let desk = staff(&market.world, &market.guest, &[Role::Catalog]).await;
    let own = launched(&market.seller, campaign()).await;
    let platforms = desk.post("/admin/v1/campaigns", campaign()).await.id();
    market.world.projected().await;
    let listed = market.seller.get("/seller/v1/campaigns").await.body;
    assert_eq!(listed["items"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&listed["items"][0]["campaign"], &listed["items"][0]["merchant"]),
        (&json!(own), &json!(market.merchant))
    );
    market.seller.get(&at(platforms, "")).await.is_problem(404, "not_found");
    market.seller.post(&at(platforms, "/end"), Value::Null).await.is_problem(404, "not_found");
    let of_merchants = format!("/admin/v1/campaigns?owner=merchant&merchant={}", market.merchant);
    let found = desk.get(&of_merchants).await.body;
    assert_eq!((&found["items"][0]["campaign"], &found["next_cursor"]), (&json!(own), &Value::Null));
    desk.post(&format!("/admin/v1/campaigns/{own}/end"), Value::Null).await.is(200);
    market.seller.post(&at(own, "/pause"), Value::Null).await.is_problem(409, "campaign_ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_a_merchants_to_say_is_refused() {
    let market = Market::open().await;
    let with = async |field: &str, value: Value| {
        let mut body = campaign();
        body[field] = value;
        market.seller.post("/seller/v1/campaigns", body).await
    };
    for (field, value) in [
        ("funding", json!({"kind": "platform"})),
        ("scope", json!({"kind": "merchants", "merchants": [market.merchant]})),
        ("scope", json!({"kind": "categories", "categories": ["books"]})),
        ("until", json!("+12000-01-01T00:00:00Z")),
    ] {
        with(field, value.clone()).await.is_problem(422, "invalid_body");
    }
    with("scope", json!({"kind": "products", "products": []})).await.is_problem(422, "campaign_scope_size");
    with("mall", json!("nowhere")).await.is_problem(404, "mall_not_found");
    let applied = market.guest.post("/seller/v1/merchants", application("new@example.com")).await;
    applied.is(201);
    let login = json!({"email": "new@example.com", "password": "correct horse"});
    let session = market.guest.post("/seller/v1/sessions", login).await;
    let newcomer = market.guest.with_token(session.body["access_token"].as_str().unwrap());
    let refused = newcomer.post("/seller/v1/campaigns", campaign()).await;
    refused.is_problem(409, "merchant_not_trading");
}
