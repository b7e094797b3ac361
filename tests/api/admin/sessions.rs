//! Operators' sessions.

use member::operator::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::Client;
use crate::seller::market::application;
use crate::staff::{PASSWORD, hired, sign_in, staff};
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn an_operator_signs_in_refreshes_and_signs_out() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    let email = hired(&world, &[Role::Support]).await;
    world.projected().await;
    let first = sign_in(&client, &email).await.body;
    let refresh = |token: &Value| json!({"refresh_token": token});
    let next = client.post("/admin/v1/sessions/refresh", refresh(&first["refresh_token"])).await;
    assert_eq!(next.status, 200, "{next:?}");
    assert_ne!(next.body["refresh_token"], first["refresh_token"]);
    let desk = client.with_token(next.body["access_token"].as_str().unwrap());
    assert_eq!(desk.get("/admin/v1/merchants").await.status, 200);
    assert_eq!(
        desk.write(Method::DELETE, "/admin/v1/sessions/current", Value::Null, "out").await.status,
        204
    );
    let over = desk.get("/admin/v1/merchants").await;
    assert_eq!((over.status.as_u16(), over.code()), (401, "token_expired"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_token_used_twice_ends_the_session() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    let email = hired(&world, &[Role::Support]).await;
    let first = sign_in(&client, &email).await.body;
    let body = json!({"refresh_token": first["refresh_token"]});
    let next = client.post("/admin/v1/sessions/refresh", body.clone()).await;
    let thief = client.post("/admin/v1/sessions/refresh", body).await;
    assert_eq!((thief.status.as_u16(), thief.code()), (401, "session_over"));
    let desk = client.with_token(next.body["access_token"].as_str().unwrap());
    assert_eq!(desk.get("/admin/v1/merchants").await.status, 401);
    let nonsense = client.post("/admin/v1/sessions/refresh", json!({"refresh_token": "x"})).await;
    assert_eq!((nonsense.status.as_u16(), nonsense.code()), (401, "token_malformed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_cannot_sign_in_is_told_why_and_no_more() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    let email = hired(&world, &[Role::Support]).await;
    let wrong = json!({"email": email, "password": "guess the word"});
    let nobody = json!({"email": "nobody@example.com", "password": PASSWORD});
    for body in [wrong, nobody] {
        let reply = client.post("/admin/v1/sessions", body).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (401, "wrong_credentials"));
        assert_eq!(reply.header("www-authenticate"), "Bearer");
    }
    let unknown = json!({"email": email, "password": PASSWORD, "remember": true});
    let reply = client.post("/admin/v1/sessions", unknown).await;
    assert_eq!((reply.status.as_u16(), &reply.body["errors"][0]["field"]), (422, &json!("/remember")));
    let body = json!({"email": email, "password": PASSWORD});
    let reply = client.send(Method::POST, "/admin/v1/sessions", &[], Some(body)).await;
    assert_eq!((reply.status.as_u16(), reply.code()), (400, "idempotency_key_missing"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disabled_operator_refreshes_nothing_until_enabled() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    let admin = staff(&world, &client, &[Role::Admin]).await;
    let body = json!({"email": "jo@example.com", "password": PASSWORD, "name": "Jo", "roles": ["support"]});
    let jo = admin.post("/admin/v1/operators", body).await;
    let path = format!("/admin/v1/operators/{}", jo.body["id"].as_str().unwrap());
    let session = sign_in(&client, "jo@example.com").await.body;
    let refresh = json!({"refresh_token": session["refresh_token"]});
    assert_eq!(admin.post(&format!("{path}/disablement"), Value::Null).await.status, 200);
    let refused = client.post("/admin/v1/sessions/refresh", refresh.clone()).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (401, "session_over"));
    assert_eq!(admin.post(&format!("{path}/enablement"), Value::Null).await.status, 200);
    assert_eq!(client.post("/admin/v1/sessions/refresh", refresh).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merchants_refresh_token_is_no_good_here() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    client.post("/seller/v1/merchants", application("shop@example.com")).await.is(201);
    let login = json!({"email": "shop@example.com", "password": "correct horse"});
    let session = client.post("/seller/v1/sessions", login).await;
    let refresh = json!({"refresh_token": session.body["refresh_token"]});
    let here = client.post("/admin/v1/sessions/refresh", refresh.clone()).await;
    here.is_problem(401, "session_over");
    client.post("/seller/v1/sessions/refresh", refresh).await.is(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_never_was_is_over_everywhere() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    let made_up = json!({"refresh_token": format!("jr_{}_{}", jangteo::ids::fresh(), "A".repeat(43))});
    for surface in ["storefront", "seller", "admin"] {
        let reply = client.post(&format!("/{surface}/v1/sessions/refresh"), made_up.clone()).await;
        reply.is_problem(401, "session_over");
        assert_eq!(reply.header("www-authenticate"), "Bearer");
    }
}
