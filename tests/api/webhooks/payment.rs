//! The payment gateway tells of captures.

use chrono::TimeDelta;
use jangteo::app::webhook_secret;
use jangteo::gateways::webhook::sign;
use member::operator::Role;
use sagas::Clock;
use serde_json::{Value, json};

use crate::client::{Client, Reply};
use crate::market::open;
use crate::staff::staff;
use crate::trade::{Bought, await_deposit, place};
use crate::world::World;

/// An order whose payment waits for a deposit, who tells of it, and a genuine notice of its 12,345 won.
async fn awaited() -> (World, Bought, Client, Value) {
    let world = World::start().await;
    let market = open(&world).await;
    let bought = place(&world, &market, 1).await;
    let key = await_deposit(&world, bought.payment).await;
    let client = Client::of(&world).await;
    let notice = json!({
        "event": "capture.booked", "key": key, "payment": bought.payment, "reference": "cap_1",
        "amount_minor": 12_345, "currency": "KRW", "captured_at": world.clock.now(),
    });
    (world, bought, client, notice)
}

async fn tell(world: &World, client: &Client, body: &Value) -> Reply {
    let signature = sign(&webhook_secret(&world.app.secrets), body.to_string().as_bytes(), world.clock.now());
    client.webhook("/webhooks/payment", &signature, body).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deposit_that_is_told_twice_is_booked_once() {
    let (world, bought, client, body) = awaited().await;
    let first = tell(&world, &client, &body).await;
    assert_eq!(first.status, 200, "{first:?}");
    world.settle().await;
    let head = world.app.log.head().await.unwrap();
    let second = tell(&world, &client, &body).await;
    assert_eq!((second.status.as_u16(), &second.body), (200, &first.body));
    assert_eq!(world.app.log.head().await.unwrap(), head, "nothing new was written");
    world.projected().await;
    let desk = staff(&world, &client, &[Role::Support]).await;
    let order = desk.get(&format!("/admin/v1/orders/{}", bought.order)).await.body;
    assert_eq!((&order["status"], &order["payment_status"]), (&json!("paid"), &json!("captured")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_that_says_more_than_it_should_is_refused() {
    let (world, _, client, mut body) = awaited().await;
    body["surprise"] = json!(1);
    let reply = tell(&world, &client, &body).await;
    assert_eq!((reply.status.as_u16(), reply.code()), (422, "invalid_body"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_that_is_not_genuine_changes_nothing() {
    let (world, _, client, body) = awaited().await;
    let (secret, now) = (webhook_secret(&world.app.secrets), world.clock.now());
    let text = body.to_string();
    let signatures = [
        String::new(),
        "t=1,v1=00".to_owned(),
        sign(b"another secret", text.as_bytes(), now),
        sign(&secret, b"another body", now),
        sign(&secret, text.as_bytes(), now - TimeDelta::days(4_000)),
    ];
    world.settle().await;
    let head = world.app.log.head().await.unwrap();
    for signature in signatures {
        let reply = client.webhook("/webhooks/payment", &signature, &body).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (401, "signature_invalid"), "{signature}");
    }
    assert_eq!(world.app.log.head().await.unwrap(), head);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_genuine_notice_must_fit_the_payment() {
    let (world, _, client, good) = awaited().await;
    world.settle().await;
    let head = world.app.log.head().await.unwrap();
    for (field, value, status, code) in [
        ("amount_minor", json!(12_344), 422, "notice_amount_differs"),
        ("currency", json!("BRL"), 422, "other_currency"),
        ("payment", json!(jangteo::ids::fresh()), 404, "payment_not_found"),
        ("event", json!("capture.imagined"), 422, "invalid_body"),
        ("captured_at", json!("yesterday"), 422, "invalid_body"),
    ] {
        let mut body = good.clone();
        body[field] = value;
        let reply = tell(&world, &client, &body).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (status, code), "{field}: {reply:?}");
    }
    assert_eq!(world.app.log.head().await.unwrap(), head);
}
