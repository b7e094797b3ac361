//! Limits as callers meet them: of requests, of failed tries, of passwords that wait to be verified.

use jangteo::credential::Passwords;
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Client, Reply};
use crate::market::{shopper, shopper_token};
use crate::world::World;

const SESSIONS: &str = "/storefront/v1/sessions";

fn login(email: &str, password: &str) -> Value {
    json!({"email": email, "password": password})
}

/// Sends until it is refused for having come too often.
async fn until_refused(mut send: impl AsyncFnMut(usize) -> Reply) -> Reply {
    for turn in 0..200 {
        let reply = send(turn).await;
        if reply.status == 429 {
            return reply;
        }
    }
    panic!("200 requests were not too many");
}

#[tokio::test(flavor = "multi_thread")]
async fn made_up_tokens_share_their_addresss_allowance() {
    let world = World::start().await;
    let client = Client::serving(world.app.clone(), 1).await;
    let refused = until_refused(async |turn| {
        client.with_token(&format!("made-up-{turn}")).get("/storefront/v1/members/me").await
    });
    let refused = refused.await;
    refused.is_problem(429, "rate_limited");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
    let (_, address) = shopper(&world).await;
    let known = client.with_token(&shopper_token(&world, &address).await);
    known.get("/storefront/v1/members/me").await.is(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn passwords_are_not_guessed() {
    let world = World::start().await;
    let client = Client::serving(world.app.clone(), 10_000).await;
    let (email, other) = (shopper(&world).await.1, shopper(&world).await.1);
    let right = async |email: &str| client.post(SESSIONS, login(email, "open sesame")).await;
    for _ in 0..6 {
        right(email.as_str()).await.is(201);
    }
    for _ in 0..5 {
        let wrong = client.post(SESSIONS, login(email.as_str(), "open sesami")).await;
        wrong.is_problem(401, "wrong_credentials");
    }
    let refused = right(email.as_str()).await;
    refused.is_problem(429, "too_many_attempts");
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
    right(other.as_str()).await.is(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_does_not_try_many_accounts() {
    let world = World::start().await;
    let client = Client::serving(world.app.clone(), 10_000).await;
    let refused = until_refused(async |turn| {
        client.post(SESSIONS, login(&format!("nobody-{turn}@example.com"), "open sesame")).await
    });
    refused.await.is_problem(429, "too_many_attempts");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stolen_session_does_not_guess_the_password_either() {
    let world = World::start().await;
    let client = Client::serving(world.app.clone(), 10_000).await;
    let (_, address) = shopper(&world).await;
    let thief = client.with_token(&shopper_token(&world, &address).await);
    let path = "/storefront/v1/members/me/password";
    let refused = until_refused(async |turn| {
        let body = json!({"current_password": format!("guess {turn:04}"), "password": "battery staple"});
        let reply = thief.write(Method::PUT, path, body, &turn.to_string()).await;
        assert!(reply.code() == "wrong_password" || turn >= 5, "{reply:?}");
        reply
    });
    refused.await.is_problem(429, "too_many_attempts");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_finds_no_room_to_have_a_password_verified_comes_back() {
    let world = World::start().await;
    let (_, address) = shopper(&world).await;
    let app = world.app.clone().with(|parts| parts.passwords = Passwords::bounded(0, 0));
    let client = Client::serving(app, 0).await;
    let reply = client.post(SESSIONS, login(address.as_str(), "open sesame")).await;
    reply.is_problem(503, "passwords_busy");
    assert_eq!(reply.header("retry-after"), "1");
}
