//! Who may call what, and requests that are not even well formed: every address of a shopper's own things, one by one.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::gifts;
use super::house::{House, instrument, refusal};
use crate::surprise::surprised;
use crate::wrong_callers::forgotten;

/// What a shopper's own things are asked, with a good body. `{order}` and `{claim}` stand for ids.
fn own() -> Vec<(Method, &'static str, Value)> {
    let claim = json!({"kind": "cancel", "reason": "late", "lines": [{"line": 1, "quantity": 1}]});
    let password = json!({"current_password": "correct horse", "password": "battery staple"});
    vec![
        (Method::GET, "/members/me", Value::Null),
        (Method::PUT, "/members/me/password", password),
        (Method::DELETE, "/sessions/current", Value::Null),
        (Method::POST, "/malls/main/cart/merge", json!({"guest": jangteo::ids::fresh()})),
        (Method::GET, "/malls/main/campaigns", Value::Null),
        (Method::GET, "/malls/main/coupons", Value::Null),
        (Method::GET, "/malls/main/points", Value::Null),
        (Method::GET, "/malls/main/points/history", Value::Null),
        (Method::GET, "/orders", Value::Null),
        (Method::GET, "/orders/{order}", Value::Null),
        (Method::GET, "/orders/{order}/shipments", Value::Null),
        (Method::GET, "/orders/{order}/cash-receipt", Value::Null),
        (Method::POST, "/orders/{order}/payment", instrument("ok")),
        (Method::POST, "/orders/{order}/payment/return", Value::Null),
        (Method::POST, "/orders/{order}/cancellation", Value::Null),
        (Method::POST, "/orders/{order}/confirmation", json!({})),
        (Method::PUT, "/orders/{order}/confirmation-hold", json!({})),
        (Method::DELETE, "/orders/{order}/confirmation-hold", Value::Null),
        (Method::POST, "/orders/{order}/claims", claim),
        (Method::GET, "/claims", Value::Null),
        (Method::GET, "/claims/{claim}", Value::Null),
        (Method::POST, "/claims/{claim}/withdrawal", Value::Null),
    ]
}

/// Items of every way that a shopper can come to them.
fn came_by(house: &House) -> Vec<(Method, &'static str, Value)> {
    let sources = ["direct", "search", "recommendation"].map(|kind| json!({"kind": kind}));
    let sources = sources.into_iter().chain([json!({"kind": "exhibition", "id": "spring"})]);
    let item = |source| {
        let mut item = house.item(1);
        item["source"] = source;
        (Method::POST, "/malls/main/cart/items", item)
    };
    sources.map(item).collect()
}

/// What a cart is asked, a guest's too, beside what needs the market's product.
fn of_carts() -> Vec<(Method, &'static str, Value)> {
    let sku = "/malls/main/cart/items/00000000-0000-0000-0000-000000000007";
    vec![
        (Method::PATCH, sku, json!({"quantity": 1})),
        (Method::DELETE, sku, Value::Null),
        (Method::DELETE, "/malls/main/cart", Value::Null),
    ]
}

/// What gives a shopper a coupon.
fn of_coupons() -> Vec<(Method, &'static str, Value)> {
    vec![
        (Method::POST, "/campaigns/00000000-0000-0000-0000-000000000007/coupons", Value::Null),
        (Method::POST, "/malls/main/coupons", json!({"code": "SPRING-26"})),
    ]
}

/// What a gift's recipient, whoever that is, can do.
fn of_gifts() -> Vec<(Method, &'static str, Value)> {
    vec![
        (Method::POST, "/gifts/jg_none/acceptance", gifts::home()),
        (Method::POST, "/gifts/jg_none/decline", Value::Null),
    ]
}

fn address(path: &str, id: &str) -> String {
    format!("/storefront/v1{}", path.replace("{order}", id).replace("{claim}", id))
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_shopper_comes_in() {
    let house = House::open().await;
    let (merchant, id) = (house.merchant().await, jangteo::ids::fresh().to_string());
    let garbage = house.nobody.with_token("garbage");
    let order = (Method::POST, "/malls/main/orders", house.wish(1));
    let quote = (Method::POST, "/malls/main/quotes", json!({"items": [house.item(1)]}));
    for (method, path, body) in own().into_iter().chain(of_coupons()).chain([order, quote]) {
        let path = address(path, &id);
        for (caller, expected) in [
            (&house.nobody, (401, "token_missing")),
            (&garbage, (401, "token_malformed")),
            (&merchant, (403, "wrong_caller")),
        ] {
            let reply = caller.write(method.clone(), &path, body.clone(), "key").await;
            assert_eq!(refusal(&reply), expected, "{method} {path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn anothers_order_is_as_if_it_were_not_there() {
    let house = House::open().await;
    let (minji, jun) = (house.shopper("minji").await, house.shopper("jun").await);
    let order = house.paid(&minji, 1).await;
    let nobodys = jangteo::ids::fresh().to_string();
    for (method, path, body) in own().into_iter().filter(|(_, path, _)| path.contains('{')) {
        let ask = async |id: &str| jun.write(method.clone(), &address(path, id), body.clone(), "key").await;
        let (theirs, absent) = (ask(&order).await, ask(&nobodys).await);
        assert_eq!(theirs.status, StatusCode::NOT_FOUND, "{method} {path}");
        let said = |body: &Value| (body["code"].clone(), body["detail"].clone());
        assert_eq!(said(&theirs.body), said(&absent.body), "{method} {path}");
    }
    house.settled().await;
    let page = minji.get(&format!("/storefront/v1/orders/{order}")).await.body;
    assert_eq!((&page["status"], &page["confirmation_held"]), (&json!("paid"), &json!(false)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_with_something_unknown_is_refused() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let order = house.order(&shopper, 1).await;
    let public = [
        (
            Method::POST,
            "/members",
            json!({"email": "b@example.com", "password": "correct horse", "name": "B"}),
        ),
        (Method::POST, "/sessions", json!({"email": "minji@example.com", "password": "correct horse"})),
        (Method::POST, "/sessions/refresh", json!({"refresh_token": "jr_"})),
        (Method::POST, "/malls/main/cart/items", house.item(1)),
        (Method::POST, "/malls/main/quotes", json!({"items": [house.item(1)]})),
        (Method::POST, "/malls/main/orders", house.wish(1)),
        (Method::POST, "/malls/main/orders", gifts::as_gift(house.wish(1))),
    ];
    let others = of_carts().into_iter().chain(of_coupons()).chain(of_gifts());
    let writes: Vec<_> = own().into_iter().chain(public).chain(others).collect();
    let listed: Vec<_> =
        writes.iter().map(|(method, path, _)| (method.clone(), address(path, &order))).collect();
    let forgotten = forgotten(&shopper, "/storefront/", &listed).await;
    assert!(forgotten.is_empty(), "not in the lists of addresses: {forgotten:?}");
    for (method, path, body) in writes.into_iter().chain(came_by(&house)) {
        for (at, more) in surprised(&body) {
            let reply = shopper.write(method.clone(), &address(path, &order), more, "key").await;
            assert_eq!(refusal(&reply), (422, "invalid_body"), "{method} {path} in {body} at `{at}`");
            let error = &reply.body["errors"][0];
            assert_eq!(error["code"], json!("unknown"), "{method} {path} in {body} at `{at}`");
            let field = error["field"].as_str().unwrap();
            assert!(format!("{at}/unheard_of").starts_with(field), "{method} {path}: {field}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shopper_says_how_they_came_to_a_product() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    for (method, path, body) in came_by(&house) {
        let reply =
            shopper.write(method, &address(path, ""), body.clone(), &body.to_string().replace(' ', "")).await;
        assert_eq!(reply.status, StatusCode::OK, "{body}: {:?}", reply.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_is_not_the_orders_changes_nothing() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let order = house.delivered(&shopper, 1).await;
    let head = house.world.app.log.head().await.unwrap();
    for (method, path, body) in own().into_iter().filter(|(method, ..)| *method != Method::GET) {
        let headers = [("if-match", "\"1\""), ("idempotency-key", "key")];
        let reply = shopper.send(method.clone(), &address(path, &order), &headers, Some(body)).await;
        let expected = [(412, "version_mismatch"), (400, "if_match_not_taken"), (404, "not_found")];
        assert!(expected.contains(&refusal(&reply)), "{method} {path}: {reply:?}");
    }
    assert_eq!(house.world.app.log.head().await.unwrap(), head, "nothing was written");
    let page = shopper.get(&address("/orders/{order}", &order)).await;
    let headers = [("if-match", page.header("etag")), ("idempotency-key", "seen")];
    let path = address("/orders/{order}/confirmation", &order);
    let confirmed = shopper.send(Method::POST, &path, &headers, Some(json!({}))).await;
    assert_eq!(confirmed.status, StatusCode::OK, "{confirmed:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_without_a_key_does_nothing() {
    let house = House::open().await;
    let shopper = house.shopper("minji").await;
    let wish = house.wish(1);
    let reply = shopper.send(Method::POST, &house.at("/orders"), &[], Some(wish)).await;
    assert_eq!(refusal(&reply), (400, "idempotency_key_missing"));
    assert_eq!(house.available().await, 100);
}
