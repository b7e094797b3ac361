//! Campaigns and their coupons: launched by operators, taken by shoppers, used in orders.

use member::operator::Role;
use reqwest::Method;
use serde_json::{Value, json};

use super::house::{House, PRICE, bare, refusal, text, thrice};
use crate::client::{Client, Reply};
use crate::staff::staff;

/// A campaign of so many coupons, a tenth off and 500 at most, handed out like this.
pub fn campaign(distribution: &Value, total: u32) -> Value {
    json!({
        "mall": "main", "name": "Spring", "benefit": {"kind": "rate", "rate": "0.1", "cap_minor": 500},
        "distribution": distribution, "total": total, "stackable": true, "back_at_cancel": true,
        "from": "2026-03-02T00:00:00Z", "until": "2026-04-01T00:00:00Z", "valid_days": 7,
    })
}

pub async fn desk(house: &House) -> Client {
    staff(&house.world, &house.nobody, &[Role::Catalog]).await
}

pub async fn launched(desk: &Client, distribution: &Value, total: u32) -> String {
    let launched = desk.post("/admin/v1/campaigns", campaign(distribution, total)).await;
    assert_eq!(launched.status, 201, "{:?}", launched.body);
    text(&launched.body["id"]).to_owned()
}

pub async fn take(shopper: &Client, campaign: &str) -> Reply {
    bare(shopper, Method::POST, &format!("/storefront/v1/campaigns/{campaign}/coupons")).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_coupon_is_taken_once_and_used_in_an_order() {
    let house = House::open().await;
    let (desk, shopper) = (desk(&house).await, house.shopper("minji").await);
    let spring = launched(&desk, &json!({"kind": "download"}), 10).await;
    let path = format!("/storefront/v1/campaigns/{spring}/coupons");
    let taken = thrice(&shopper, Method::POST, &path, [Value::Null, Value::Null]).await;
    assert_eq!(taken.status, 201);
    assert_eq!(refusal(&take(&shopper, &spring).await), (409, "campaign_member_limit"));
    let mut wish = house.wish(1);
    wish["coupons"] = json!([taken.body["id"]]);
    wish["total_minor"] = json!(PRICE - 500);
    assert_eq!(shopper.post(&house.at("/orders"), wish.clone()).await.status, 201);
    assert_eq!(refusal(&shopper.post(&house.at("/orders"), wish).await), (409, "coupon_taken"));
}

#[tokio::test(flavor = "multi_thread")]
async fn there_are_no_more_coupons_than_the_campaign_says() {
    let house = House::open().await;
    let (desk, minji, jun) = (desk(&house).await, house.shopper("minji").await, house.shopper("jun").await);
    let only = launched(&desk, &json!({"kind": "download"}), 1).await;
    assert_eq!(take(&minji, &only).await.status, 201);
    assert_eq!(refusal(&take(&jun, &only).await), (409, "campaign_exhausted"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_leads_to_its_campaign_however_it_is_typed() {
    let house = House::open().await;
    let (desk, shopper) = (desk(&house).await, house.shopper("minji").await);
    let by_code = json!({"kind": "code", "code": "SPRING-26"});
    let spring = launched(&desk, &by_code, 10).await;
    let again = desk.post("/admin/v1/campaigns", campaign(&by_code, 10)).await;
    assert_eq!(refusal(&again), (409, "campaign_code_taken"));
    let redeem = async |code: &str| shopper.post(&house.at("/coupons"), json!({"code": code})).await;
    for unknown in ["SUMMER-26", "x", "<script>"] {
        assert_eq!(refusal(&redeem(unknown).await), (404, "not_found"), "{unknown}");
    }
    assert_eq!(refusal(&take(&shopper, &spring).await), (404, "not_found"), "who does not know the code");
    assert_eq!(redeem("  spring-２６ ").await.status, 201);
    assert_eq!(refusal(&redeem("SPRING-26").await), (409, "campaign_member_limit"));
}

#[tokio::test(flavor = "multi_thread")]
async fn operators_grant_pause_and_end() {
    let house = House::open().await;
    let (desk, shopper) = (desk(&house).await, house.shopper("minji").await);
    let member = shopper.get("/storefront/v1/members/me").await.body["member"].clone();
    let granted = launched(&desk, &json!({"kind": "grant"}), 10).await;
    assert_eq!(refusal(&take(&shopper, &granted).await), (404, "not_found"));
    let path = format!("/admin/v1/campaigns/{granted}");
    let grant = async |member: Value| desk.post(&format!("{path}/coupons"), json!({"member": member})).await;
    assert_eq!(grant(member.clone()).await.status, 201);
    assert_eq!(refusal(&grant(json!(jangteo::ids::fresh())).await), (404, "not_found"));
    let spring = launched(&desk, &json!({"kind": "download"}), 10).await;
    let say =
        async |word: &str| bare(&desk, Method::POST, &format!("/admin/v1/campaigns/{spring}/{word}")).await;
    assert_eq!(say("pause").await.status, 200);
    assert_eq!(refusal(&take(&shopper, &spring).await), (409, "campaign_not_running"));
    assert_eq!(say("resumption").await.status, 200);
    assert_eq!(take(&shopper, &spring).await.status, 201);
    assert_eq!(say("end").await.status, 200);
    assert_eq!(refusal(&say("resumption").await), (409, "campaign_ended"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_campaign_can_not_say_is_refused() {
    let house = House::open().await;
    let desk = desk(&house).await;
    let with = async |pointer: &str, value: Value| {
        let mut body = campaign(&json!({"kind": "download"}), 10);
        body[pointer] = value;
        let refused = desk.post("/admin/v1/campaigns", body).await;
        (refused.status.as_u16(), text(&refused.body["code"]).to_owned())
    };
    for (field, value, expected) in [
        ("until", json!("2026-03-01T00:00:00Z"), (422, "campaign_bad_period")),
        ("until", json!("+10000-01-01T00:00:00Z"), (422, "invalid_body")),
        ("per_member", json!(101), (422, "campaign_bad_per_member")),
        ("valid_days", json!(0), (422, "campaign_bad_valid_days")),
        ("total", json!(0), (422, "campaign_bad_total")),
        ("benefit", json!({"kind": "amount", "off_minor": 0}), (422, "campaign_no_benefit")),
        ("benefit", json!({"kind": "rate", "rate": "1.1"}), (422, "invalid_body")),
        ("scope", json!({"kind": "products", "products": []}), (422, "campaign_scope_size")),
        ("distribution", json!({"kind": "code", "code": "abc"}), (422, "invalid_body")),
        ("mall", json!("nowhere"), (404, "mall_not_found")),
    ] {
        assert_eq!(with(field, value.clone()).await, (expected.0, expected.1.to_owned()), "{field}: {value}");
    }
    let shopper = house.shopper("minji").await;
    let refused = shopper.post("/admin/v1/campaigns", campaign(&json!({"kind": "grant"}), 1)).await;
    assert_eq!(refusal(&refused), (403, "wrong_caller"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_category_stands_for_all_that_is_below_it_wherever_it_is_moved() {
    let house = House::open().await;
    let (desk, shopper) = (desk(&house).await, house.shopper("minji").await);
    for (code, parent) in [("media", Value::Null), ("print", json!("media")), ("toys", Value::Null)] {
        let define = json!({"code": code, "name": code, "parent": parent});
        assert_eq!(desk.post("/admin/v1/categories", define).await.status, 201);
    }
    let mut of_media = campaign(&json!({"kind": "download"}), 10);
    of_media["scope"] = json!({"kind": "categories", "categories": ["media"]});
    let media = desk.post("/admin/v1/campaigns", of_media).await;
    let coupon = take(&shopper, text(&media.body["id"])).await.body["id"].clone();
    let books_below = async |parent: Value| {
        let body = json!({"parent": parent});
        let moved = desk.write(Method::PATCH, "/admin/v1/categories/books", body, &key()).await;
        assert_eq!(moved.status, 200, "{:?}", moved.body);
    };
    let ask = json!({"items": [house.item(1)], "coupons": [coupon]});
    let quoted = async || shopper.post(&house.at("/quotes"), ask.clone()).await;
    assert_eq!(refusal(&quoted().await), (409, "quote_coupon_covers_nothing"), "books are no media yet");
    books_below(json!("print")).await;
    assert_eq!(quoted().await.body["discount_total_minor"], json!(500), "media, print, books");
    books_below(json!("toys")).await;
    assert_eq!(refusal(&quoted().await), (409, "quote_coupon_covers_nothing"));
    books_below(json!("media")).await;
    let mut wish = house.wish(1);
    wish["coupons"] = json!([coupon]);
    wish["total_minor"] = json!(PRICE - 500);
    let order = shopper.post(&house.at("/orders"), wish).await;
    assert_eq!(order.status, 201, "{:?}", order.body);
    books_below(Value::Null).await;
    house.settled().await;
    let page = shopper.get(&format!("/storefront/v1/orders/{}", text(&order.body["order"]))).await.body;
    assert_eq!(page["discount_total_minor"], json!(500), "an order stays as it was quoted");
}

fn key() -> String {
    jangteo::ids::fresh().to_string()
}
