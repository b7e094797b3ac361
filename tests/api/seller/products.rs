//! Products from the draft to the end, prices one by one and in bulk.

use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use super::market::{Market, PRICE, draft, uuid};

const PATH: &str = "/seller/v1/products";

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_edited_reviewed_suspended_and_discontinued() {
    let market = Market::open().await;
    let seller = &market.seller;
    let mut other = draft();
    other["name"] = json!("Another book");
    let drafted = seller.once(Method::POST, PATH, draft(), other).await;
    drafted.is(201);
    let path = format!("{PATH}/{}", drafted.id());
    market.world.projected().await;
    let before = seller.get(&path).await;
    let first = uuid(&before.body["skus"][0]["sku"]);
    let edit = json!({
        "description": "Long",
        "options": [{"name": "Cover", "values": ["soft", "hard"]}],
        "skus": [
            {"merchant_code": "book-1", "options": ["soft"], "price_minor": 11_000},
            {"merchant_code": "book-2", "options": ["hard"], "price_minor": 15_000},
        ],
    });
    seller.once(Method::PATCH, &path, edit, json!({"description": null})).await.is(200);
    market.world.projected().await;
    let after = seller.get(&path).await;
    assert_eq!(after.body["skus"].as_array().unwrap().len(), 2);
    assert_eq!(uuid(&after.body["skus"][0]["sku"]), first, "a known code keeps its id");
    assert_eq!(
        (after.body["name"].as_str(), after.body["description"].as_str()),
        (Some("A book"), Some("Long"))
    );
    let stale = [("idempotency-key", "k"), ("if-match", before.header("etag"))];
    let late = seller.send(Method::PATCH, &path, &stale, Some(json!({"name": "Late"}))).await;
    late.is_problem(412, "version_mismatch");
    let second = uuid(&after.body["skus"][1]["sku"]);
    let receipts = format!("/seller/v1/stock/{second}/receipts");
    seller.post(&receipts, json!({"quantity": 1})).await.is(201);
    seller.once(Method::POST, &format!("{path}/submission"), Value::Null, Value::Null).await.is(200);
    seller
        .post(&format!("{path}/discontinuation"), Value::Null)
        .await
        .is_problem(409, "product_phase_forbids");
    market.approve(drafted.id()).await;
    on_sale(&market, &path).await;
}

async fn on_sale(market: &Market, path: &str) {
    let seller = &market.seller;
    seller.write(Method::PATCH, path, json!({"description": null}), "k-1").await.is(200);
    let price = seller.write(Method::PATCH, path, json!({"tax": "tax_free"}), "k-2").await;
    price.is_problem(409, "product_phase_forbids");
    let (reason, other) = (json!({"reason": "A holiday"}), json!({"reason": "Another"}));
    seller.once(Method::POST, &format!("{path}/suspension"), reason, other).await.is(200);
    market.world.projected().await;
    let suspended = seller.get(path).await;
    assert_eq!(suspended.body["phase"], "suspended");
    assert_eq!(
        (&suspended.body["reason"], &suspended.body["description"]),
        (&json!("A holiday"), &Value::Null)
    );
    seller.once(Method::POST, &format!("{path}/resumption"), Value::Null, Value::Null).await.is(200);
    seller.once(Method::POST, &format!("{path}/discontinuation"), Value::Null, Value::Null).await.is(200);
    market.world.projected().await;
    let listed = seller.get(&format!("{PATH}?phase=discontinued")).await;
    assert_eq!(listed.body["items"].as_array().unwrap().len(), 1);
    assert_eq!(seller.get(&format!("{PATH}?phase=on_sale")).await.body["items"], json!([]));
    let shown = seller.get(path).await;
    let seen = [("if-none-match", shown.header("etag"))];
    seller.send(Method::GET, path, &seen, None).await.is(304);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_product_that_makes_no_sense_is_refused() {
    let market = Market::open().await;
    for (pointer, value, code) in [
        ("/category", json!("shoes"), "unknown_category"),
        ("/skus", json!([]), "product_no_skus"),
        ("/mall", json!("nowhere"), "mall_not_found"),
        ("/skus/0/price_minor", json!(-1), "invalid_body"),
        ("/skus/0/price_minor", json!(1_000_000_000_001_i64), "invalid_body"),
        ("/tax", json!("half"), "invalid_body"),
        ("/name", json!(" "), "invalid_body"),
    ] {
        let mut body = draft();
        *body.pointer_mut(pointer).unwrap() = value;
        let reply = market.seller.post(PATH, body).await;
        assert_eq!(reply.body["code"], code, "{pointer}: {reply:?}");
    }
    market.world.projected().await;
    assert_eq!(market.seller.get(PATH).await.body["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn products_are_listed_page_by_page_and_classified() {
    let market = Market::open().await;
    for _ in 0..3 {
        market.seller.post(PATH, draft()).await.is(201);
    }
    let last = market.seller.post(PATH, draft()).await;
    let position = last.header("jangteo-position").to_owned();
    let wait = [("jangteo-position", position.as_str())];
    let page = market.seller.send(Method::GET, &format!("{PATH}?limit=3"), &wait, None).await;
    assert_eq!(page.body["items"].as_array().unwrap().len(), 3);
    let rest = format!("{PATH}?limit=3&cursor={}", page.body["next_cursor"].as_str().unwrap());
    let rest = market.seller.get(&rest).await;
    assert_eq!((rest.body["items"].as_array().unwrap().len(), &rest.body["next_cursor"]), (1, &Value::Null));
    let categories = market.seller.get("/seller/v1/categories").await;
    assert_eq!(categories.body["items"][0]["code"], "books");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_is_set_with_or_without_a_sale() {
    let market = Market::open().await;
    let (product, sku) = market.product(&market.seller).await;
    let path = format!("{PATH}/{product}/skus/{sku}/price");
    let (from, until) = ("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z");
    let sale = json!({"price_minor": 9_000, "from": from, "until": until});
    let body = json!({"price_minor": 10_000, "sale": sale});
    market.seller.once(Method::PUT, &path, body, json!({"price_minor": 10_000})).await.is(200);
    market.world.projected().await;
    let shown = market.seller.get(&format!("{PATH}/{product}")).await;
    assert_eq!(shown.body["skus"][0]["sale"]["price_minor"], 9_000);
    let dear = json!({"price_minor": 8_000, "sale": sale});
    market.seller.write(Method::PUT, &path, dear, "k-1").await.is_problem(422, "product_sale_not_cheaper");
    // No read model could store these years: such a price would stop the catalogue for everybody.
    for (nth, from) in ["0000-01-01T00:00:00Z", "+20000-01-01T00:00:00Z"].into_iter().enumerate() {
        let never =
            json!({"price_minor": 10_000, "sale": {"price_minor": 9_000, "from": from, "until": from}});
        let refused = market.seller.write(Method::PUT, &path, never, &format!("never-{nth}")).await;
        refused.is_problem(422, "invalid_body");
    }
    let unknown = format!("{PATH}/{product}/skus/{}/price", Uuid::from_u128(1));
    let body = json!({"price_minor": 1});
    market.seller.write(Method::PUT, &unknown, body, "k-2").await.is(404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_set_one_products_prices_sets_no_others() {
    let market = Market::open().await;
    let (one, one_sku) = market.product(&market.seller).await;
    let (other, other_sku) = market.product(&market.seller).await;
    let items = |product, sku| json!({"items": [{"product": product, "sku": sku, "price_minor": 7_000}]});
    let (one, others) = (items(one, one_sku), items(other, other_sku));
    market.seller.once(Method::POST, "/seller/v1/bulk/prices", one, others).await.is(200);
    market.world.projected().await;
    let shown = market.seller.get(&format!("{PATH}/{other}")).await;
    assert_eq!(shown.body["skus"][0]["price_minor"], PRICE);
    // Prices that were as asked for already leave nothing at their products; the request remembers nonetheless.
    let same = json!({"items": [{"product": other, "sku": other_sku, "price_minor": PRICE}]});
    let less = json!({"items": [{"product": other, "sku": other_sku, "price_minor": 1}]});
    market.seller.once(Method::POST, "/seller/v1/bulk/prices", same, less).await.is(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_that_cannot_be_set_keeps_no_other_from_being_set() {
    let market = Market::open().await;
    let other = market.other_seller().await;
    let (product, sku) = market.product(&market.seller).await;
    let (foreign, foreign_sku) = market.product(&other).await;
    let item = |product, sku, price| json!({"product": product, "sku": sku, "price_minor": price});
    let nowhere = Uuid::from_u128(1);
    let items = |price| {
        json!({"items": [
            item(foreign, foreign_sku, 1),
            item(nowhere, nowhere, 1),
            item(product, nowhere, 1),
            item(product, sku, price),
        ]})
    };
    let path = "/seller/v1/bulk/prices";
    let set = market.seller.once(Method::POST, path, items(7_000), items(8_000)).await;
    let statuses: Vec<_> =
        set.body["items"].as_array().unwrap().iter().map(|it| it["status"].clone()).collect();
    assert_eq!(statuses, [404, 404, 404, 200]);
    assert_eq!(set.body["items"][0]["detail"], set.body["items"][1]["detail"], "foreign looks like absent");
    market.world.projected().await;
    let shown = market.seller.get(&format!("{PATH}/{product}")).await;
    assert_eq!(shown.body["skus"][0]["price_minor"], 7_000);
    let shown = other.get(&format!("{PATH}/{foreign}")).await;
    assert_eq!(shown.body["skus"][0]["price_minor"], PRICE);
    market.seller.post(path, json!({"items": []})).await.is_problem(422, "invalid_body");
    let many: Vec<_> = (0..501).map(|_| item(product, sku, 1)).collect();
    market.seller.post(path, json!({"items": many})).await.is_problem(422, "invalid_body");
}
