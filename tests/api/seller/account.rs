//! Applying, logging in and out, API keys, the bank account and the delivery policy.

use kernel::id::MerchantId;
use reqwest::Method;
use serde_json::{Value, json};

use super::market::{Market, application, take_on};
use crate::client::Client;
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn an_applicant_logs_in_and_sees_how_the_application_stands() {
    let world = World::start().await;
    let guest = Client::of(&world).await;
    let body = application("shop@example.com");
    let mut other = application("shop@example.com");
    other["name"] = json!("Another shop");
    let applied = guest.once(Method::POST, "/seller/v1/merchants", body.clone(), other).await;
    applied.is(201);
    guest.post("/seller/v1/merchants", body).await.is_problem(409, "email_taken");
    let login = json!({"email": "SHOP@example.com", "password": "correct horse"});
    let wrong = json!({"email": "shop@example.com", "password": "wrong horse"});
    guest.post("/seller/v1/sessions", wrong.clone()).await.is_problem(401, "wrong_credentials");
    let session = guest.once(Method::POST, "/seller/v1/sessions", login, Value::Null).await;
    session.is(201);
    assert_eq!(session.body["merchant"], applied.body["id"]);
    let merchant = guest.with_token(session.body["access_token"].as_str().unwrap());
    world.projected().await;
    let shown = merchant.get("/seller/v1/merchant").await;
    assert_eq!((shown.body["phase"].as_str(), &shown.body["contract"]), (Some("applied"), &Value::Null));
    assert_eq!(shown.body["business_number"], "2208162517");
    let draft = merchant.post("/seller/v1/products", super::market::draft()).await;
    assert!(!draft.status.is_success(), "{draft:?}");
    take_on(&world, MerchantId(applied.id())).await;
    world.projected().await;
    let shown = merchant.get("/seller/v1/merchant").await;
    assert_eq!(shown.body["phase"], "approved");
    assert_eq!(shown.body["contract"]["default_rate"], "0.1");
    assert_eq!(shown.body["contract"]["cycle"], "monthly");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mistyped_business_number_is_refused() {
    let world = World::start().await;
    let guest = Client::of(&world).await;
    let mut body = application("shop@example.com");
    body["business_number"]["number"] = json!("220-81-62518");
    guest.post("/seller/v1/merchants", body.clone()).await.is_problem(422, "invalid_body");
    body["business_number"] = json!({"kind": "foreign", "country": "KR", "number": "1"});
    guest.post("/seller/v1/merchants", body.clone()).await.is_problem(422, "invalid_body");
    body["business_number"] = json!({"kind": "foreign", "country": "BR", "number": "1", "extra": 1});
    guest.post("/seller/v1/merchants", body.clone()).await.is_problem(422, "invalid_body");
    body["business_number"] = json!({"kind": "foreign", "country": "BR", "number": "1"});
    guest.post("/seller/v1/merchants", body).await.is(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_refreshed_once_per_token_and_ends() {
    let world = World::start().await;
    let guest = Client::of(&world).await;
    guest.post("/seller/v1/merchants", application("shop@example.com")).await.is(201);
    let login = json!({"email": "shop@example.com", "password": "correct horse"});
    let first = guest.post("/seller/v1/sessions", login).await;
    let old = json!({"refresh_token": first.body["refresh_token"]});
    let path = "/seller/v1/sessions/refresh";
    let token = first.body["refresh_token"].as_str().unwrap();
    let forged = json!({"refresh_token": format!("{}{}", &token[..token.len() - 43], "A".repeat(43))});
    let next = guest.once(Method::POST, path, old, forged).await;
    assert_ne!(next.body["refresh_token"], first.body["refresh_token"]);
    let merchant = guest.with_token(next.body["access_token"].as_str().unwrap());
    let end = "/seller/v1/sessions/current";
    merchant.write(Method::DELETE, end, Value::Null, "end").await.is(204);
    merchant.get("/seller/v1/api-keys").await.is_problem(401, "token_expired");
    let over = json!({"refresh_token": next.body["refresh_token"]});
    guest.post(path, over).await.is_problem(401, "session_revoked");
    let garbage = json!({"refresh_token": "garbage"});
    guest.post(path, garbage).await.is_problem(401, "token_malformed");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_api_key_is_shown_once_and_revoked_for_good() {
    let market = Market::open().await;
    let (label, other) = (json!({"label": "warehouse"}), json!({"label": "office"}));
    let issued = market.seller.once(Method::POST, "/seller/v1/api-keys", label, other).await;
    issued.is(201);
    let key = market.guest.with_token(issued.body["key"].as_str().unwrap());
    let listed = key.get("/seller/v1/api-keys").await;
    assert_eq!(listed.body["items"].as_array().unwrap().len(), 2);
    assert!(!listed.body.to_string().contains("jk_"), "{listed:?}");
    let path = format!("/seller/v1/api-keys/{}", issued.id());
    market.other_seller().await.write(Method::DELETE, &path, Value::Null, "k").await.is(404);
    market.seller.once(Method::DELETE, &path, Value::Null, Value::Null).await.is(200);
    key.get("/seller/v1/api-keys").await.is_problem(401, "key_revoked");
    // A key has no session to end.
    let end = "/seller/v1/sessions/current";
    market.seller.write(Method::DELETE, end, Value::Null, "k").await.is_problem(404, "not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_bank_account_waits_for_an_operator() {
    let market = Market::open().await;
    let account = json!({"bank": "Shinhan", "account": "9", "holder": "The shop"});
    let other = json!({"bank": "Shinhan", "account": "8", "holder": "The shop"});
    let path = "/seller/v1/bank-account-changes";
    market.seller.once(Method::POST, path, account, other).await.is(202);
    market.world.projected().await;
    let shown = market.seller.get("/seller/v1/merchant").await;
    assert_eq!(shown.body["bank_account_change_pending"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_policy_is_set_at_the_version_that_was_seen() {
    let market = Market::open().await;
    let path = "/seller/v1/malls/main/delivery-policy";
    let before = market.seller.get(path).await;
    assert_eq!(before.body["fee"], json!({"kind": "free"}));
    let policy = json!({
        "fee": {"kind": "free_over", "fee_minor": 3_000, "threshold_minor": 50_000},
        "return_fee_minor": 2_500,
        "remote_surcharges": {"jeju_minor": 3_000, "island_minor": 5_000},
        "dispatch_days": 2,
    });
    let mut other = policy.clone();
    other["dispatch_days"] = json!(4);
    market.seller.once(Method::PUT, path, policy.clone(), other.clone()).await.is(200);
    let after = market.seller.get(path).await;
    assert_eq!(after.body, policy);
    let stale = [("idempotency-key", "k-1"), ("if-match", before.header("etag"))];
    let refused = market.seller.send(Method::PUT, path, &stale, Some(other.clone())).await;
    refused.is_problem(412, "version_mismatch");
    let fresh = [("idempotency-key", "k-2"), ("if-match", after.header("etag"))];
    market.seller.send(Method::PUT, path, &fresh, Some(other.clone())).await.is(200);
    let seen = market.seller.get(path).await.header("etag").to_owned();
    market.seller.send(Method::GET, path, &[("if-none-match", &seen)], None).await.is(304);
    other["fee"] = json!({"kind": "free", "fee_minor": 1});
    market.seller.write(Method::PUT, path, other.clone(), "k-3").await.is_problem(422, "invalid_body");
    other["fee"] = json!({"kind": "quoted"});
    market.seller.write(Method::PUT, path, other, "k-4").await.is_problem(422, "quotes_not_taken");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_mall_has_a_delivery_policy_of_its_own() {
    let market = Market::open().await;
    let at = |mall: &str| format!("/seller/v1/malls/{mall}/delivery-policy");
    let fixed = |fee: i64| {
        let fee = json!({"kind": "fixed", "fee_minor": fee});
        let surcharges = json!({"jeju_minor": 0, "island_minor": 0});
        json!({"fee": fee, "return_fee_minor": 0, "remote_surcharges": surcharges, "dispatch_days": 1})
    };
    for (mall, fee) in [("main", 3_000), ("brasil", 1_290)] {
        market.seller.write(Method::PUT, &at(mall), fixed(fee), mall).await.is(200);
    }
    for (mall, fee) in [("main", 3_000), ("brasil", 1_290)] {
        assert_eq!(market.seller.get(&at(mall)).await.body, fixed(fee));
    }
    market.seller.get(&at("nowhere")).await.is_problem(404, "mall_not_found");
    market.seller.write(Method::PUT, &at("nowhere"), fixed(1), "k").await.is_problem(404, "mall_not_found");
}
