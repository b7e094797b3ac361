//! Signing up.

use serde_json::json;

use crate::client::Client;
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn an_address_signs_up_once() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    let body = json!({"email": "a@example.com", "password": "correct horse", "name": "A"});
    let first = client.post("/storefront/v1/members", body.clone()).await;
    assert_eq!(first.status, 201, "{:?}", first.body);
    let second = client.post("/storefront/v1/members", body).await;
    assert_eq!((second.status.as_u16(), second.body["code"].as_str()), (409, Some("email_taken")));
}
