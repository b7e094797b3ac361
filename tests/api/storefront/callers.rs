//! Who may call what, and requests that are not even well formed: every address of a shopper's own things, one by one.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use super::house::{House, instrument, refusal};
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
        (Method::GET, "/orders", Value::Null),
        (Method::GET, "/orders/{order}", Value::Null),
        (Method::GET, "/orders/{order}/shipments", Value::Null),
        (Method::POST, "/orders/{order}/payment", instrument("ok")),
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

/// What a cart is asked, a guest's too, beside what needs the market's product.
fn of_carts() -> Vec<(Method, &'static str, Value)> {
    let sku = "/malls/main/cart/items/00000000-0000-0000-0000-000000000007";
    vec![
        (Method::PATCH, sku, json!({"quantity": 1})),
        (Method::DELETE, sku, Value::Null),
        (Method::DELETE, "/malls/main/cart", Value::Null),
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
    for (method, path, body) in own().into_iter().chain([order]) {
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
        (Method::POST, "/malls/main/orders", house.wish(1)),
    ];
    let writes: Vec<_> = own().into_iter().chain(public).chain(of_carts()).collect();
    let listed: Vec<_> =
        writes.iter().map(|(method, path, _)| (method.clone(), address(path, &order))).collect();
    let forgotten = forgotten(&shopper, "/storefront/", &listed).await;
    assert!(forgotten.is_empty(), "not in the lists of addresses: {forgotten:?}");
    for (method, path, mut body) in writes.into_iter().filter(|(.., body)| body.is_object()) {
        body["unheard_of"] = json!(1);
        let reply = shopper.write(method.clone(), &address(path, &order), body, "key").await;
        assert_eq!(refusal(&reply), (422, "invalid_body"), "{method} {path}");
        assert_eq!(reply.body["errors"][0]["field"], json!("/unheard_of"), "{method} {path}");
    }
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
