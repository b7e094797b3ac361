//! Logging in, staying in, logging out.

use reqwest::Method;
use serde_json::{Value, json};

use super::house::{House, PASSWORD, bare, refusal, text, thrice};
use crate::client::Client;
use crate::world::World;

const SESSIONS: &str = "/storefront/v1/sessions";
const REFRESH: &str = "/storefront/v1/sessions/refresh";

async fn signed_up(email: &str) -> (World, Client) {
    let world = Box::pin(World::start()).await;
    let client = Client::of(&world).await;
    let body = json!({"email": email, "password": PASSWORD, "name": "A"});
    assert_eq!(client.post("/storefront/v1/members", body).await.status, 201);
    (world, client)
}

fn login(email: &str, password: &str) -> Value {
    json!({"email": email, "password": password})
}

fn refresh(tokens: &Value) -> Value {
    json!({"refresh_token": tokens["refresh_token"]})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_lasts_until_it_is_logged_out() {
    let (_world, client) = signed_up("a@example.com").await;
    let bodies = [login("a@example.com", PASSWORD), login("A@example.com", PASSWORD)];
    let tokens = thrice(&client, Method::POST, SESSIONS, bodies).await;
    assert_eq!(tokens.status, 201);
    let shopper = client.with_token(text(&tokens.body["access_token"]));
    assert_eq!(shopper.get("/storefront/v1/orders").await.status, 200);
    assert_eq!(bare(&shopper, Method::DELETE, "/storefront/v1/sessions/current").await.status, 200);
    assert_eq!(refusal(&shopper.get("/storefront/v1/orders").await), (401, "token_expired"));
    let late = client.post(REFRESH, refresh(&tokens.body)).await;
    assert_eq!(refusal(&late), (401, "session_revoked"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_and_an_unknown_address_look_alike() {
    let (_world, client) = signed_up("a@example.com").await;
    let wrong = client.post(SESSIONS, login("a@example.com", "another horse")).await;
    let unknown = client.post(SESSIONS, login("b@example.com", PASSWORD)).await;
    assert_eq!(refusal(&wrong), (401, "wrong_credentials"));
    assert_eq!(refusal(&unknown), refusal(&wrong));
    assert_eq!(unknown.body["detail"], wrong.body["detail"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_access_token_runs_out_and_a_refresh_gives_the_next() {
    let (world, client) = signed_up("a@example.com").await;
    let tokens = client.post(SESSIONS, login("a@example.com", PASSWORD)).await.body;
    world.pass(1).await;
    let shopper = client.with_token(text(&tokens["access_token"]));
    assert_eq!(refusal(&shopper.get("/storefront/v1/members/me").await), (401, "token_expired"));
    let other = json!({"refresh_token": format!("jr_{}_{}", jangteo::ids::fresh(), "A".repeat(43))});
    let session = &text(&tokens["refresh_token"])[..39];
    let made_up = json!({"refresh_token": format!("{session}_{}", "A".repeat(43))});
    let next = thrice(&client, Method::POST, REFRESH, [refresh(&tokens), made_up]).await.body;
    let shopper = client.with_token(text(&next["access_token"]));
    assert_eq!(shopper.get("/storefront/v1/members/me").await.status, 200);
    assert_eq!(refusal(&client.post(REFRESH, other).await), (401, "session_over"));
    let broken = client.post(REFRESH, json!({"refresh_token": "jr_"})).await;
    assert_eq!(refusal(&broken), (401, "token_malformed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_token_that_comes_back_ends_the_session() {
    let (_world, client) = signed_up("a@example.com").await;
    let first = client.post(SESSIONS, login("a@example.com", PASSWORD)).await.body;
    let second = client.post(REFRESH, refresh(&first)).await.body;
    assert_eq!(refusal(&client.post(REFRESH, refresh(&first)).await), (401, "session_over"));
    assert_eq!(refusal(&client.post(REFRESH, refresh(&second)).await), (401, "session_revoked"));
    let shopper = client.with_token(text(&second["access_token"]));
    assert_eq!(refusal(&shopper.get("/storefront/v1/orders").await), (401, "token_expired"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_sent_again_after_the_next_one_gives_nothing() {
    let (_world, client) = signed_up("a@example.com").await;
    let first = client.post(SESSIONS, login("a@example.com", PASSWORD)).await.body;
    let second = client.write(Method::POST, REFRESH, refresh(&first), "second").await.body;
    assert_eq!(client.post(REFRESH, refresh(&second)).await.status, 200);
    let again = client.write(Method::POST, REFRESH, refresh(&first), "second").await;
    assert_eq!(refusal(&again), (401, "session_over"));
}

#[tokio::test(flavor = "multi_thread")]
async fn members_see_their_account_and_nobody_elses() {
    let house = House::open().await;
    let (minji, jun) = (house.shopper("minji").await, house.shopper("jun").await);
    let mine = minji.get("/storefront/v1/members/me").await;
    let seen = (text(&mine.body["name"]), text(&mine.body["email"]), text(&mine.body["phone"]));
    assert_eq!(seen, ("minji", "minji@example.com", "010-1234-5678"));
    assert_eq!(jun.get("/storefront/v1/members/me").await.body["name"], "jun");
    let tag = mine.headers["etag"].to_str().unwrap();
    let known = minji.send(Method::GET, "/storefront/v1/members/me", &[("if-none-match", tag)], None).await;
    assert_eq!(known.status, 304);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_changed_by_whoever_knows_it() {
    let house = House::open().await;
    let minji = house.shopper("minji").await;
    let path = "/storefront/v1/members/me/password";
    let body = |current: &str| json!({"current_password": current, "password": "battery staple"});
    let wrong = minji.write(Method::PUT, path, body("wrong horse"), "1").await;
    assert_eq!(refusal(&wrong), (403, "wrong_password"));
    thrice(&minji, Method::PUT, path, [body(PASSWORD), body("wrong horse")]).await;
    let old = house.nobody.post(SESSIONS, login("minji@example.com", PASSWORD)).await;
    assert_eq!(refusal(&old), (401, "wrong_credentials"));
    let new = house.nobody.post(SESSIONS, login("minji@example.com", "battery staple")).await;
    assert_eq!(new.status, 201);
}
