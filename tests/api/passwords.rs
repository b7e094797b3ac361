//! Changing a password, the same on every surface, and what becomes of the sessions.

use member::operator::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::{Client, Reply};
use crate::market::shopper;
use crate::seller::market::application;
use crate::staff::hired;
use crate::world::World;

/// A surface, somebody's e-mail address and password there, where the password is changed and something to read.
struct Surface {
    root: &'static str,
    email: String,
    password: &'static str,
    change: &'static str,
    read: &'static str,
}

impl Surface {
    async fn all(world: &World, client: &Client) -> [Self; 3] {
        client.post("/seller/v1/merchants", application("shop@example.com")).await.is(201);
        world.projected().await;
        [
            Self {
                root: "/storefront/v1",
                email: shopper(world).await.1.as_str().to_owned(),
                password: "open sesame",
                change: "/members/me/password",
                read: "/members/me",
            },
            Self {
                root: "/seller/v1",
                email: "shop@example.com".to_owned(),
                password: "correct horse",
                change: "/merchant/password",
                read: "/api-keys",
            },
            Self {
                root: "/admin/v1",
                email: hired(world, &[Role::Support]).await,
                password: "open sesame",
                change: "/operators/me/password",
                read: "/merchants",
            },
        ]
    }

    async fn log_in(&self, client: &Client, password: &str) -> Reply {
        let body = json!({"email": self.email, "password": password});
        client.post(&format!("{}/sessions", self.root), body).await
    }

    async fn refresh(&self, client: &Client, session: &Reply) -> Reply {
        let body = json!({"refresh_token": session.body["refresh_token"]});
        client.post(&format!("{}/sessions/refresh", self.root), body).await
    }

    async fn change(&self, caller: &Client, current: &str, key: &str) -> Reply {
        let body = json!({"current_password": current, "password": "battery staple"});
        caller.write(Method::PUT, &format!("{}{}", self.root, self.change), body, key).await
    }

    async fn read(&self, caller: &Client) -> Reply {
        caller.get(&format!("{}{}", self.root, self.read)).await
    }
}

fn signed_in(client: &Client, session: &Reply) -> Client {
    session.is(201);
    client.with_token(session.body["access_token"].as_str().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_change_every_other_session_is_over() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    for surface in Surface::all(&world, &client).await {
        let (own, other) = (
            surface.log_in(&client, surface.password).await,
            surface.log_in(&client, surface.password).await,
        );
        let (here, there) = (signed_in(&client, &own), signed_in(&client, &other));
        surface.read(&there).await.is(200);
        surface.change(&here, surface.password, "change").await.is(200);
        surface.read(&there).await.is_problem(401, "token_expired");
        surface.refresh(&client, &other).await.is_problem(401, "session_over");
        surface.read(&here).await.is(200);
        surface.refresh(&client, &own).await.is(200);
        surface.log_in(&client, surface.password).await.is_problem(401, "wrong_credentials");
        let later = surface.log_in(&client, "battery staple").await;
        surface.read(&signed_in(&client, &later)).await.is(200);
        surface.refresh(&client, &later).await.is(200);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_knows_the_password_changes_it_and_once_per_key() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    for surface in Surface::all(&world, &client).await {
        let here = signed_in(&client, &surface.log_in(&client, surface.password).await);
        surface.change(&here, "wrong horse", "wrong").await.is_problem(403, "wrong_password");
        surface.read(&here).await.is(200);
        let first = surface.change(&here, surface.password, "change").await;
        let again = surface.change(&here, surface.password, "change").await;
        assert_eq!((again.status, &again.body), (first.status, &first.body), "{}", surface.root);
        surface.change(&here, "battery staple", "change").await.is_problem(422, "idempotency_key_reused");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_in_sent_again_revives_nothing() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    for surface in Surface::all(&world, &client).await {
        let path = format!("{}/sessions", surface.root);
        let log_in = async |key: &str| {
            let body = json!({"email": surface.email, "password": surface.password});
            client.write(Method::POST, &path, body, key).await
        };
        let refreshed = log_in("one").await;
        assert_eq!(log_in("one").await.body, refreshed.body, "{path}");
        surface.refresh(&client, &refreshed).await.is(200);
        log_in("one").await.is_problem(401, "session_over");

        let ended = log_in("two").await;
        let caller = signed_in(&client, &ended);
        let out = caller.write(Method::DELETE, &format!("{path}/current"), Value::Null, "out").await;
        assert!(out.status.is_success(), "{out:?}");
        log_in("two").await.is_problem(401, "session_over");
    }
}
