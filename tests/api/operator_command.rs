//! The first operator of an installation, made by command line; the rest is spoken over HTTP.

use std::process::Output;

use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::client::Client;
use crate::seller::market::application;
use crate::world::World;

/// `jangteo operator create`, with the password on standard input.
async fn create(world: &World, email: &str, role: &str, password: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_jangteo"))
        .args(["operator", "create", "--email", email, "--role", role])
        .env("JANGTEO_NATS_URL", &world.config.nats_url)
        .env("JANGTEO_DATABASE_URL", &world.config.database_url)
        .env("JANGTEO_PREFIX", &world.config.prefix)
        .env("JANGTEO_TOKEN_SECRET", &world.config.token_secret)
        .env("JANGTEO_EMAIL_HASH_SECRET", &world.config.email_hash_secret)
        .env_remove("JANGTEO_OPERATOR_PASSWORD")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    // A command that needs no password has closed its input.
    let _ = child.stdin.take().unwrap().write_all(format!("{password}\n").as_bytes()).await;
    child.wait_with_output().await.unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_admin_is_made_once_and_makes_the_others() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    let made = create(&world, "ops@example.com", "admin", "open sesame").await;
    assert!(made.status.success(), "{}", said(&made));
    let again = create(&world, "Ops@example.com", "admin", "another word").await;
    assert!(again.status.success(), "{}", said(&again));
    let login = |password: &str| json!({"email": "ops@example.com", "password": password});
    client.post("/admin/v1/sessions", login("another word")).await.is_problem(401, "wrong_credentials");
    let session = client.post("/admin/v1/sessions", login("open sesame")).await;
    let admin = client.with_token(session.body["access_token"].as_str().unwrap());
    let jo =
        json!({"email": "jo@example.com", "password": "open sesame", "name": "Jo", "roles": ["support"]});
    admin.post("/admin/v1/operators", jo).await.is(201);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_said_and_fails() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    client.post("/seller/v1/merchants", application("shop@example.com")).await.is(201);
    assert!(create(&world, "ops@example.com", "support", "open sesame").await.status.success());
    for (email, role, password, reason) in [
        ("shop@example.com", "admin", "open sesame", "belongs to a merchant"),
        ("ops@example.com", "admin", "open sesame", "with the roles"),
        ("new@example.com", "admin", "short", "8 to 128 characters"),
        ("new@example.com", "king", "open sesame", "support, catalog, finance or admin"),
        ("new", "admin", "open sesame", "name@domain"),
    ] {
        let output = create(&world, email, role, password).await;
        assert!(!output.status.success(), "{email} {role}");
        assert!(said(&output).contains(reason), "{email} {role}: {}", said(&output));
    }
}
