//! How the machinery stands, and getting a parked saga going again.

use jangteo::service::payments::Taken;
use kernel::{Amount, Text};
use member::operator::Role;
use order::value::ClaimKind;
use reqwest::Method;
use serde_json::{Value, json};

use crate::client::Client;
use crate::market::{context, open};
use crate::staff::staff;
use crate::trade::{buy, claim, place};
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn read_models_and_timers_tell_where_they_stand() {
    let world = World::start().await;
    let market = open(&world).await;
    let bought = place(&world, &market, 1).await;
    world.settle().await;
    world.projected().await;
    let client = Client::of(&world).await;
    let desk = staff(&world, &client, &[Role::Catalog]).await;
    let projections = desk.get("/admin/v1/projections").await.body;
    let builds = projections["builds"].as_array().unwrap();
    assert_eq!(builds.len(), jangteo::workers::PROJECTIONS.len());
    assert!(
        builds.iter().all(|build| build["live"] == true && build["stopped"].is_null()),
        "{projections:?}"
    );
    assert!(builds.iter().all(|build| build["behind_seconds"].is_u64()), "{projections:?}");
    assert_eq!(projections["interventions"], json!([]));

    let timers = desk.get("/admin/v1/sagas/timers").await.body;
    let expiry = timers["items"].as_array().unwrap().iter().find(|timer| timer["saga"] == "payment_expiry");
    assert_eq!(expiry.unwrap()["key"], json!(bought.order.to_string()));
    let none = desk.get("/admin/v1/sagas/timers?due_before=2026-01-01T00:00:00Z").await.body;
    assert_eq!(none["items"], json!([]));
    assert_eq!(desk.get("/admin/v1/sagas/timers?due_before=soon").await.code(), "bad_query");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parked_command_is_tried_again_once() {
    let world = World::start().await;
    let market = open(&world).await;
    let bought = buy(&world, &market, 2).await;
    out_of_order(&world, true).await;
    claim(&world, bought, ClaimKind::Cancel).await;
    world.settle().await;
    wear_out(&world).await;
    let client = Client::of(&world).await;
    let admin = staff(&world, &client, &[Role::Admin]).await;
    let parked = admin.get("/admin/v1/sagas/parked").await.body;
    let [one] = parked["items"].as_array().unwrap().as_slice() else { panic!("{parked:?}") };
    assert_eq!(one["saga"], "refund");
    let path = format!("/admin/v1/sagas/refund/{}/retry", one["key"].as_str().unwrap());
    let body = json!({"command": one["command"], "reason": "The gateway is back."});
    assert_eq!(admin.post(&path, body.clone()).await.code(), "gateway_unavailable");

    out_of_order(&world, false).await;
    let retried = admin.write(Method::POST, &path, body.clone(), "again").await;
    assert_eq!(retried.status, 200, "{retried:?}");
    let repeated = admin.write(Method::POST, &path, body, "again").await;
    assert_eq!((repeated.status.as_u16(), &repeated.body), (200, &retried.body));
    let other = json!({"command": one["command"], "reason": "For fun."});
    assert_eq!(
        admin.write(Method::POST, &path, other.clone(), "again").await.code(),
        "idempotency_key_reused"
    );
    assert_eq!(admin.post(&path, other).await.code(), "not_found");
    world.settle().await;
    world.projected().await;
    assert_eq!(admin.get("/admin/v1/sagas/parked").await.body["items"], json!([]));
    let done = admin.get("/admin/v1/claims?phase=completed").await.body;
    assert_eq!(done["items"][0]["refunded_minor"], 12_345, "{done:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_parked_by_an_outage_is_tried_again_at_once() {
    let world = World::start().await;
    let market = open(&world).await;
    let bought = buy(&world, &market, 2).await;
    out_of_order(&world, true).await;
    claim(&world, bought, ClaimKind::Cancel).await;
    world.settle().await;
    let client = Client::of(&world).await;
    let desk = staff(&world, &client, &[Role::Admin]).await;
    world.projected().await;
    let waits = desk.get("/admin/v1/sagas/timers").await.body;
    let waits = waits["items"].as_array().unwrap().iter();
    assert_eq!(waits.filter(|timer| timer["timer"].as_str().unwrap().contains("try_again")).count(), 1);

    wear_out(&world).await;
    let admin = staff(&world, &client, &[Role::Admin]).await;
    let path = "/admin/v1/parked/retry";
    let asked = json!({"code": "outside_unavailable", "reason": "The gateway is back."});
    let still_out = admin.post(path, asked.clone()).await.body;
    assert_eq!(still_out, json!({"went_on": 0, "failed": 1, "more": false}));
    out_of_order(&world, false).await;
    let other = json!({"saga": "statement", "code": "outside_unavailable", "reason": "The bank is back."});
    assert_eq!(admin.post(path, other).await.body, json!({"went_on": 0, "failed": 0, "more": false}));
    assert_eq!(admin.post(path, json!({"reason": "All of it."})).await.code(), "nothing_named");
    assert_eq!(admin.post(path, asked).await.body, json!({"went_on": 1, "failed": 0, "more": false}));
    world.settle().await;
    world.projected().await;
    assert_eq!(admin.get("/admin/v1/sagas/parked").await.body["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn money_that_nobody_claims_and_no_gateway_gives_back_waits_for_an_operator() {
    let world = World::start().await;
    let market = open(&world).await;
    let bought = buy(&world, &market, 1).await;
    let state = world.app.log.read_latest::<payment::Payment>(&bought.payment).await.unwrap().state;
    let (reference, captured_at) = (Text::new("stray").unwrap(), sagas::Clock::now(&*world.clock));
    let taken = Taken { key: "another".to_owned(), reference, captured_at };
    world.app.record_capture(&context(&world), bought.payment, taken).await.unwrap();
    world.settle().await;
    world.projected().await;
    let client = Client::of(&world).await;
    let admin = staff(&world, &client, &[Role::Admin]).await;
    let parked = admin.get("/admin/v1/sagas/parked").await.body;
    let [one] = parked["items"].as_array().unwrap().as_slice() else { panic!("{parked:?}") };
    assert_eq!(one["saga"], "refund");

    let book =
        "INSERT INTO sandbox_capture SELECT 'another', payment, instrument, amount_minor, currency, 'stray',
                asked_at, captured_at, notices_owed FROM sandbox_capture";
    sqlx::query(book).execute(&world.app.pool).await.unwrap();
    let path = format!("/admin/v1/sagas/refund/{}/retry", one["key"].as_str().unwrap());
    let body = json!({"command": one["command"], "reason": "The gateway has found it."});
    assert_eq!(admin.post(&path, body.clone()).await.code(), "look_first", "too early");
    world.pass(1).await;
    let admin = staff(&world, &client, &[Role::Admin]).await;
    let retried = admin.post(&path, body).await;
    assert_eq!(retried.status, 200, "{retried:?}");
    world.settle().await;
    let after = world.app.log.read_latest::<payment::Payment>(&bought.payment).await.unwrap().state;
    let given: Vec<_> = after.strays().map(|(_, stray)| stray.refunded()).collect();
    assert_eq!((given, after.refunded()), (vec![state.amount()], Amount::ZERO));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_parked_cannot_be_tried_again() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    let admin = staff(&world, &client, &[Role::Admin]).await;
    let body = json!({"command": "1/0", "reason": "Why not."});
    for saga in ["refund", "nothing", "A.*.>"] {
        let path = format!("/admin/v1/sagas/{saga}/{}/retry", jangteo::ids::fresh());
        assert_eq!(admin.post(&path, body.clone()).await.code(), "not_found", "{saga}");
    }
    assert_eq!(admin.post("/admin/v1/sagas/refund/x/retry", body).await.status, 404);
    let support = staff(&world, &client, &[Role::Support]).await;
    let path = format!("/admin/v1/sagas/refund/{}/retry", jangteo::ids::fresh());
    assert_eq!(support.post(&path, Value::Null).await.code(), "role_missing");
}

/// Lets hours pass, one by one, until what fails is tried no more by itself.
async fn wear_out(world: &World) {
    for _ in 0..=sagas::again::WAITS {
        let later = sagas::Clock::now(&*world.clock) + sagas::again::LONGEST_WAIT;
        world.clock.stop_at(later).unwrap();
        world.settle().await;
    }
    world.projected().await;
}

/// The sandbox gateway loses its book of refunds, or finds it again.
async fn out_of_order(world: &World, lost: bool) {
    let (now, then) = if lost { ("sandbox_refund", "mislaid") } else { ("mislaid", "sandbox_refund") };
    let rename = sqlx::AssertSqlSafe(format!("ALTER TABLE {now} RENAME TO {then}"));
    sqlx::raw_sql(rename).execute(&world.app.pool).await.unwrap();
}
