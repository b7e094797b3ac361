//! What operators can do in a sandbox only: move the clock, make a shopper's deposit arrive.

use chrono::TimeDelta;
use jangteo::clock::SharedClock;
use member::operator::Role;
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::Client;
use crate::market::open;
use crate::staff::staff;
use crate::trade::{await_deposit, place};
use crate::world::World;

fn instant(value: &Value) -> chrono::DateTime<chrono::FixedOffset> {
    chrono::DateTime::parse_from_rfc3339(value.as_str().unwrap()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_is_moved_once_per_request() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    let admin = staff(&world, &client, &[Role::Admin]).await;
    let before = instant(&admin.get("/admin/v1/clock").await.body["now"]);
    let advance = |seconds: i64, key: &'static str| {
        let admin = admin.clone();
        async move { admin.write(Method::POST, "/admin/v1/clock/advance", json!({"seconds": seconds}), key).await }
    };
    let first = advance(86_400, "a").await;
    assert_eq!(first.status, 200, "{first:?}");
    let moved = instant(&first.body["now"]) - before;
    assert!((86_400..86_500).contains(&moved.num_seconds()), "{moved}");
    let again = advance(86_400, "a").await;
    assert_eq!((again.status.as_u16(), &again.body), (200, &first.body));
    assert_eq!(advance(5, "a").await.code(), "idempotency_key_reused");
    let ahead = admin.get("/admin/v1/clock").await.body["ahead_seconds"].as_i64().unwrap();
    assert!((86_399..86_500).contains(&ahead), "{ahead}");
    for seconds in [0, -5, 99_999_999] {
        let reply = advance(seconds, "b").await;
        assert_eq!((reply.status.as_u16(), &reply.body["errors"][0]["field"]), (422, &json!("/seconds")));
    }
    let support = staff(&world, &client, &[Role::Support]).await;
    assert_eq!(support.post("/admin/v1/clock/advance", json!({"seconds": 1})).await.code(), "role_missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_installation_has_no_sandbox() {
    let mut world = World::start().await;
    world.app = world.app.clone().with(|parts| parts.virtual_clock = None);
    let client = Client::of(&world).await;
    let admin = staff(&world, &client, &[Role::Admin]).await;
    let payment = json!({"payment": jangteo::ids::fresh()});
    assert_eq!(admin.get("/admin/v1/clock").await.code(), "not_a_sandbox");
    assert_eq!(admin.post("/admin/v1/clock/advance", json!({"seconds": 1})).await.code(), "not_a_sandbox");
    assert_eq!(admin.post("/admin/v1/sandbox/deposits", payment.clone()).await.code(), "not_a_sandbox");
    let shows = json!({"payment": payment["payment"], "succeeds": true});
    assert_eq!(admin.post("/admin/v1/sandbox/authentications", shows).await.code(), "not_a_sandbox");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_goes_on_from_the_last_one_whoever_made_it() {
    let world = World::start().await;
    let client = jangteo::app::connect_nats(&world.config.nats_url).await.unwrap();
    let process = || SharedClock::open(client.clone(), &world.config.prefix, world.config.replicas);
    let processes = [process().await.unwrap(), process().await.unwrap()];
    let day = TimeDelta::days(1);
    let moves = 40;
    for (nth, process) in (0..moves).zip(processes.iter().cycle()) {
        process.advance_once(&nth.to_string(), day).await.unwrap();
    }
    // Moves are kept in whole milliseconds.
    let all = day * moves - TimeDelta::seconds(1);
    let ahead = processes.map(|process| process.clock().ahead());
    assert!(ahead.iter().any(|ahead| *ahead >= all), "{ahead:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deposit_arrives_once() {
    let world = World::start().await;
    let market = open(&world).await;
    let bought = place(&world, &market, 1).await;
    await_deposit(&world, bought.payment).await;
    let client = Client::of(&world).await;
    let desk = staff(&world, &client, &[Role::Support]).await;
    let body = json!({"payment": bought.payment});
    let path = "/admin/v1/sandbox/deposits";
    let first = desk.write(Method::POST, path, body.clone(), "a").await;
    assert_eq!(first.status, 202, "{first:?}");
    for key in ["a", "b"] {
        assert_eq!(desk.write(Method::POST, path, body.clone(), key).await.body, first.body);
    }
    let nothing = json!({"payment": jangteo::ids::fresh()});
    assert_eq!(desk.write(Method::POST, path, nothing.clone(), "a").await.code(), "idempotency_key_reused");
    assert_eq!(desk.write(Method::POST, path, nothing, "c").await.code(), "not_found");
}
