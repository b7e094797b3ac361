//! Guests' idempotency keys: each guest has keys of their own, whatever others chose.

use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Client, Reply};
use crate::market::open;
use crate::seller::market::application;
use crate::world::World;

async fn under_one_key(client: &Client, path: &str, body: Value) -> Reply {
    client.write(Method::POST, path, body, "1").await
}

#[tokio::test(flavor = "multi_thread")]
async fn two_guests_with_one_key_are_two() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    for number in 0..2 {
        let email = format!("shopper-{number}@example.com");
        let member = json!({"email": email, "password": "correct horse", "name": "A"});
        under_one_key(&client, "/storefront/v1/members", member).await.is(201);
        let login = json!({"email": email, "password": "correct horse"});
        let session = under_one_key(&client, "/storefront/v1/sessions", login).await;
        session.is(201);
        let refresh = json!({"refresh_token": session.body["refresh_token"]});
        under_one_key(&client, "/storefront/v1/sessions/refresh", refresh).await.is(200);
        let email = format!("shop-{number}@example.com");
        under_one_key(&client, "/seller/v1/merchants", application(&email)).await.is(201);
    }
    let again = json!({"email": "shopper-0@example.com", "password": "correct horse", "name": "B"});
    let again = under_one_key(&client, "/storefront/v1/members", again).await;
    again.is_problem(422, "idempotency_key_reused");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_carts_with_one_key_are_filled_both() {
    let world = World::start().await;
    let market = open(&world).await;
    world.projected().await;
    let client = Client::of(&world).await;
    let path = format!("/storefront/v1/malls/{}/cart/items", market.mall);
    for pieces in 1..3 {
        let guest = jangteo::ids::fresh().to_string();
        let headers = [("jangteo-guest", guest.as_str()), ("idempotency-key", "1")];
        let item = json!({"product": market.product, "sku": market.sku, "quantity": pieces});
        client.send(Method::POST, &path, &headers, Some(item)).await.is(200);
    }
}
