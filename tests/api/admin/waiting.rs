//! What of the sagas waits, and what operators say about it.

use eventstore::{Commit, Expected, Meta, Seq, StoredEvent, StreamName};
use jangteo::ids;
use kernel::Amount;
use kernel::id::CommitId;
use member::operator::Role;
use order::Order;
use order::value::ClaimKind;
use reqwest::Method;
use sagas::Effect;
use sagas::payment_expiry::PaymentExpiry;
use sagas::process::{Ask, Parked, Process};
use serde_json::json;

use crate::client::Client;
use crate::market::{context, open};
use crate::staff::staff;
use crate::trade::{Bought, buy, claim};
use crate::world::World;

/// The sandbox gateway loses its book of refunds.
async fn out_of_order(world: &World) {
    let rename = sqlx::raw_sql("ALTER TABLE sandbox_refund RENAME TO mislaid");
    rename.execute(&world.app.pool).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_waits_says_what_for_and_since_when_and_is_resolved_once() {
    let world = World::start().await;
    let market = open(&world).await;
    let bought = buy(&world, &market, 2).await;
    out_of_order(&world).await;
    claim(&world, bought, ClaimKind::Cancel).await;
    world.settle().await;
    let client = Client::of(&world).await;
    let admin = staff(&world, &client, &[Role::Admin]).await;
    let waits = admin.get("/admin/v1/sagas/postponed").await.body;
    let [one] = waits["items"].as_array().unwrap().as_slice() else { panic!("{waits:?}") };
    let told =
        json!([one["saga"], one["waits_for"], one["code"], one["times"], one["since"], one["next_try_at"]]);
    let expected = json!([
        "refund",
        "pay_refund",
        "outside_unavailable",
        1,
        "2026-03-02T09:00:00Z",
        "2026-03-02T09:00:02Z"
    ]);
    assert_eq!(told, expected);
    assert!(one["error"].as_str().unwrap().contains("sandbox_refund"), "{one:?}");

    let path = format!("/admin/v1/sagas/refund/{}", one["key"].as_str().unwrap());
    let give_up = json!({"command": one["command"], "code": "refund_refused", "reason": "It will never be."});
    let no_way = admin.post(&format!("{path}/compensate"), give_up).await;
    assert_eq!((no_way.status.as_u16(), no_way.code()), (409, "no_reaction"));
    let resolve = format!("{path}/resolve");
    let body = json!({"command": one["command"], "reason": "Paid back in cash."});
    let done = admin.write(Method::POST, &resolve, body.clone(), "once").await;
    assert_eq!(done.status, 200, "{done:?}");
    let again = admin.write(Method::POST, &resolve, body.clone(), "once").await;
    assert_eq!((again.status.as_u16(), &again.body), (200, &done.body));
    let other = json!({"command": one["command"], "reason": "For fun."});
    assert_eq!(admin.write(Method::POST, &resolve, other, "once").await.code(), "idempotency_key_reused");
    assert_eq!(admin.post(&resolve, body).await.code(), "not_held_back");
    world.settle().await;
    world.projected().await;
    for list in ["postponed", "parked", "timers"] {
        let left = admin.get(&format!("/admin/v1/sagas/{list}")).await.body;
        let of_refund = left["items"].as_array().unwrap().iter().filter(|item| item["saga"] == "refund");
        assert_eq!(of_refund.count(), 0, "{list}: {left:?}");
    }
}

/// The order's payment is parked on its way to the order, as if that had failed.
async fn parked_mark_paid(world: &World, bought: Bought) -> String {
    let read = world.app.log.read_latest::<Process<PaymentExpiry>>(&bought.order).await.unwrap().state;
    let named = read.steps.iter().find_map(|(source, effects)| {
        let nth = effects.iter().position(
            |effect| matches!(effect, Effect::Issue { command, .. } if command.name() == "order.mark_paid"),
        );
        nth.map(|nth| format!("{source}/{nth}"))
    });
    let command = named.unwrap();
    let (waits_for, error) = (Some("order.mark_paid".to_owned()), "a rule nobody knows".to_owned());
    let parked =
        Parked { command: command.clone(), waits_for, error, code: Some("odd".to_owned()), times: 0 };
    let ask = Ask::Park(parked);
    world.app.log.execute::<Process<PaymentExpiry>>(&context(world), &bought.order, ask).await.unwrap();
    world.projected().await;
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_is_given_up_counts_as_refused_and_the_money_goes_back() {
    let world = World::start().await;
    let market = open(&world).await;
    let bought = buy(&world, &market, 1).await;
    let command = parked_mark_paid(&world, bought).await;
    let client = Client::of(&world).await;
    let admin = staff(&world, &client, &[Role::Admin]).await;
    let parked = admin.get("/admin/v1/sagas/parked").await.body;
    let [one] = parked["items"].as_array().unwrap().as_slice() else { panic!("{parked:?}") };
    assert_eq!(json!([one["waits_for"], one["code"], one["times"]]), json!(["order.mark_paid", "odd", 0]));

    let path = format!("/admin/v1/sagas/payment_expiry/{}/compensate", bought.order);
    let body = json!({"command": command, "code": "not_pending_payment", "reason": "The order is void."});
    let done = admin.write(Method::POST, &path, body.clone(), "once").await;
    assert_eq!(done.status, 200, "{done:?}");
    let again = admin.write(Method::POST, &path, body.clone(), "once").await;
    assert_eq!(&again.body, &done.body);
    assert_eq!(admin.post(&path, body).await.code(), "not_held_back");
    world.settle().await;
    world.projected().await;
    let payment = world.app.log.read_latest::<payment::Payment>(&bought.payment).await.unwrap().state;
    assert_eq!(payment.refunded(), Amount::from_minor(12_345));
    assert_eq!(admin.get("/admin/v1/sagas/parked").await.body["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_admins_speak_and_only_of_sagas_that_there_are() {
    let world = World::start().await;
    let client = Client::of(&world).await;
    let admin = staff(&world, &client, &[Role::Admin]).await;
    let support = staff(&world, &client, &[Role::Support]).await;
    let key = ids::fresh();
    for (verb, body) in [
        ("resolve", json!({"command": "1/0", "reason": "Why not."})),
        ("compensate", json!({"command": "1/0", "code": "no", "reason": "Why not."})),
    ] {
        let path = format!("/admin/v1/sagas/refund/{key}/{verb}");
        assert_eq!(admin.post(&path, body.clone()).await.code(), "not_held_back");
        assert_eq!(support.post(&path, body.clone()).await.code(), "role_missing");
        let nothing = format!("/admin/v1/sagas/nothing/{key}/{verb}");
        assert_eq!(admin.post(&nothing, body).await.code(), "not_found");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commit_that_sagas_cannot_read_waits_for_a_release_that_can() {
    let world = World::start().await;
    let stream = StreamName::of::<Order>(&kernel::id::OrderId(ids::fresh()));
    let data = serde_json::value::to_raw_value(&json!({})).unwrap();
    let event = StoredEvent { name: "order.thrown".to_owned(), version: 1, data };
    let meta = Meta::from(&context(&world));
    let commit =
        Commit::new(stream, Expected::NoStream, CommitId(ids::fresh()), meta).with_events(vec![event]);
    let position = world.app.log.store().append(commit).await.unwrap().seq();
    world.settle().await;
    let client = Client::of(&world).await;
    let admin = staff(&world, &client, &[Role::Admin]).await;
    let unheard = admin.get("/admin/v1/sagas/unheard").await.body;
    let sagas: Vec<_> = unheard["items"].as_array().unwrap().iter().map(|item| &item["saga"]).collect();
    assert!(sagas.contains(&&json!("accrual")), "{unheard:?}");
    assert!(
        unheard["items"].as_array().unwrap().iter().all(|item| item["position"] == position.0),
        "{unheard:?}"
    );

    let why = json!({"reason": "The new release is out."});
    let path = |position: Seq| format!("/admin/v1/sagas/accrual/unheard/{position}/retry");
    assert_eq!(admin.post(&path(position), why.clone()).await.code(), "still_unreadable");
    assert_eq!(admin.post(&path(Seq(position.0 + 1)), why.clone()).await.code(), "not_unheard");
    let nothing = format!("/admin/v1/sagas/nothing/unheard/{position}/retry");
    assert_eq!(admin.post(&nothing, why).await.code(), "not_found");
}
