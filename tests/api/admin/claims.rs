//! Operators who judge claims in the merchant's place.

use jangteo::service::fulfilment::pickup_id;
use kernel::Text;
use member::operator::Role;
use order::value::ClaimKind;
use serde_json::{Value, json};
use shipping::Shipment;
use shipping::shipment::Command;
use shipping::shipment::command::{Dispatch, Track};
use shipping::shipment::value::ScanStatus;

use crate::client::Client;
use crate::market::{context, open};
use crate::staff::staff;
use crate::trade::{Bought, accept, buy, claim, deliver, place};
use crate::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_that_waits_is_granted_and_paid_back() {
    let world = World::start().await;
    let market = open(&world).await;
    let bought = buy(&world, &market, 2).await;
    accept(&world, bought).await;
    let claimed = claim(&world, bought, ClaimKind::Cancel).await;
    world.projected().await;
    let client = Client::of(&world).await;
    let desk = staff(&world, &client, &[Role::Support]).await;
    let queue = desk.get("/admin/v1/claims?phase=requested").await.body;
    assert_eq!(queue["items"][0]["claim"], json!(claimed.to_string()), "{queue:?}");
    let path = format!("/admin/v1/claims/{claimed}/approval");
    let granted = desk.write(reqwest::Method::POST, &path, Value::Null, "yes").await;
    assert_eq!(granted.status, 202, "{granted:?}");
    let again = desk.write(reqwest::Method::POST, &path, Value::Null, "yes").await;
    assert_eq!((again.status, &again.body), (granted.status, &granted.body));
    world.settle().await;
    world.projected().await;
    let done = desk.get("/admin/v1/claims?phase=completed").await.body;
    assert_eq!(done["items"][0]["refunded_minor"], 12_345, "{done:?}");
    assert_eq!(desk.get("/admin/v1/claims").await.body["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_claim_is_refused_for_a_reason() {
    let world = World::start().await;
    let market = open(&world).await;
    let bought = buy(&world, &market, 2).await;
    accept(&world, bought).await;
    let claimed = claim(&world, bought, ClaimKind::Cancel).await;
    let client = Client::of(&world).await;
    let desk = staff(&world, &client, &[Role::Support]).await;
    let path = format!("/admin/v1/claims/{claimed}/rejection");
    assert_eq!(desk.post(&path, json!({"refusal": "because"})).await.status, 422);
    let refused = desk.post(&path, json!({"refusal": "already_dispatched"})).await;
    assert_eq!(refused.status, 200, "{refused:?}");
    let late = desk.post(&format!("/admin/v1/claims/{claimed}/approval"), Value::Null).await;
    assert_eq!((late.status.as_u16(), late.code()), (409, "wrong_phase"));
    for step in ["approval", "rejection"] {
        let path = format!("/admin/v1/claims/{}/{step}", jangteo::ids::fresh());
        let body = if step == "approval" { Value::Null } else { json!({"refusal": "unfounded"}) };
        assert_eq!(desk.post(&path, body).await.code(), "claim_not_found");
    }
}

/// An order that a gateway took the money for which gives none back.
async fn bought_for_good(world: &World, market: &crate::market::Market) -> Bought {
    let bought = place(world, market, 2).await;
    let instrument = "refund_refuse".to_owned();
    world.app.pay(&context(world), bought.payment, instrument).await.unwrap();
    world.settle().await;
    bought
}

/// The gateway gives money back after all.
async fn gives_back(world: &World) {
    let mend = "UPDATE sandbox_capture SET instrument = 'ok'";
    sqlx::query(mend).execute(&world.app.pool).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_that_failed_is_tried_again() {
    let world = World::start().await;
    let market = open(&world).await;
    let bought = bought_for_good(&world, &market).await;
    let claimed = claim(&world, bought, ClaimKind::Cancel).await;
    let client = Client::of(&world).await;
    let path = format!("/admin/v1/claims/{claimed}/refund");
    let stranger = staff(&world, &client, &[Role::Catalog]).await;
    assert_eq!(stranger.post(&path, Value::Null).await.code(), "role_missing");
    for role in [Role::Support, Role::Finance] {
        let desk = staff(&world, &client, &[role]).await;
        let again = desk.write(reqwest::Method::POST, &path, Value::Null, "again").await;
        assert_eq!(again.status, 202, "{again:?}");
        world.settle().await;
        let repeated = desk.write(reqwest::Method::POST, &path, Value::Null, "again").await;
        assert_eq!((repeated.status, &repeated.body), (again.status, &again.body));
        gives_back(&world).await;
    }
    world.projected().await;
    let desk = staff(&world, &client, &[Role::Support]).await;
    let done = desk.get("/admin/v1/claims?phase=completed").await.body;
    assert_eq!(done["items"][0]["refunded_minor"], 12_345, "{done:?}");
    let once = desk.post(&path, Value::Null).await;
    assert_eq!(once.status, 202, "what is paid back is already so: {once:?}");
    let whole = claim(&world, bought, ClaimKind::Cancel).await;
    let whole = desk.post(&format!("/admin/v1/claims/{whole}/refund"), Value::Null).await;
    assert_eq!((whole.status.as_u16(), whole.code()), (409, "nothing_failed"));
    let nobody = format!("/admin/v1/claims/{}/refund", jangteo::ids::fresh());
    assert_eq!(desk.post(&nobody, Value::Null).await.code(), "claim_not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pickup_that_was_lost_is_asked_for_again() {
    let world = World::start().await;
    let market = open(&world).await;
    let bought = buy(&world, &market, 2).await;
    deliver(&world, bought).await;
    let claimed = claim(&world, bought, ClaimKind::Return).await;
    let client = Client::of(&world).await;
    let desk = staff(&world, &client, &[Role::Support]).await;
    let path = format!("/admin/v1/claims/{claimed}/pickups");
    assert_eq!(desk.post(&path, Value::Null).await.code(), "wrong_phase", "nobody has accepted it");
    desk.post(&format!("/admin/v1/claims/{claimed}/approval"), Value::Null).await;
    world.settle().await;
    assert_eq!(desk.post(&path, Value::Null).await.code(), "pickup_under_way");

    let at = sagas::Clock::now(&*world.clock);
    let (carrier, tracking_number) = (Text::new("cj").unwrap(), Text::new("2").unwrap());
    let scan = Text::new("3").unwrap();
    let pickup = pickup_id(claimed, 0);
    for step in [
        Command::Dispatch(Dispatch { carrier, tracking_number, at }),
        Command::Track(Track { scan, status: ScanStatus::Lost, occurred_at: at, at }),
    ] {
        world.app.log.execute::<Shipment>(&context(&world), &pickup, step).await.unwrap();
        world.settle().await;
    }
    let asked = desk.write(reqwest::Method::POST, &path, Value::Null, "once-more").await;
    assert_eq!(asked.status, 202, "{asked:?}");
    let again = desk.write(reqwest::Method::POST, &path, Value::Null, "once-more").await;
    assert_eq!((again.status, &again.body), (asked.status, &asked.body));
    assert_eq!(desk.post(&path, Value::Null).await.code(), "pickup_under_way");
}
