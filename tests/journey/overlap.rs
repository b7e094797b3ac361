//! Cancels that overlap, come to nothing or are heard of twice: each piece that is still owed is in one shipment.

use claim::Claim;
use claim::command::{Approve, Withdraw};
use claim::value::Party;
use jangteo::ids;
use jangteo::service::fulfilment::shipment_id;
use kernel::Text;
use kernel::id::{ClaimId, OrderId, ShipmentId};
use order::value::ClaimKind;
use sagas::Clock;
use shipping::Shipment;
use shipping::shipment::Command as ShipmentCommand;
use shipping::shipment::command::{Accept, Dispatch};

use crate::asks::claim_on;
use crate::market::{context, open};
use crate::order::buy;
use crate::overtaken::Overtaken;
use crate::world::World;

/// The shopper wants pieces not to be sent.
async fn cancel(world: &World, order: OrderId, pieces: u32) -> ClaimId {
    let ask = claim_on((ClaimId(ids::fresh()), order), ClaimKind::Cancel, pieces);
    world.app.request_claim(&context(world), &ask).await.unwrap();
    world.settle().await;
    ask.claim
}

async fn says(world: &World, claim: ClaimId, command: claim::Command) {
    world.app.log.execute::<Claim>(&context(world), &claim, command).await.unwrap();
    world.settle().await;
}

/// The pieces that shipments hold which were not called off.
async fn to_be_sent(world: &World, order: OrderId) -> u32 {
    world.projected().await;
    let shipments = projections::deliveries::of_order(&world.app.pool, order).await.unwrap();
    let live = shipments.iter().filter(|shipment| shipment.status != "cancelled");
    live.flat_map(|shipment| shipment.lines.0.iter()).map(|line| line.quantity).sum()
}

/// The sandbox gateway loses its book of refunds, or finds it again and is asked once more.
async fn out_of_order(world: &World, lost: bool) {
    let (now, then) = if lost { ("sandbox_refund", "mislaid") } else { ("mislaid", "sandbox_refund") };
    let rename = sqlx::AssertSqlSafe(format!("ALTER TABLE {now} RENAME TO {then}"));
    sqlx::raw_sql(rename).execute(&world.app.pool).await.unwrap();
    if !lost {
        world.pass(1).await;
    }
}

async fn accepted(world: &World, order: OrderId) {
    let accept = ShipmentCommand::Accept(Accept { at: world.clock.now() });
    let first = shipment_id(order, 1, None);
    world.app.log.execute::<Shipment>(&context(world), &first, accept).await.unwrap();
    world.settle().await;
}

fn approve(world: &World) -> claim::Command {
    claim::Command::Approve(Approve { by: Party::Merchant, at: world.clock.now() })
}

fn withdraw(world: &World) -> claim::Command {
    claim::Command::Withdraw(Withdraw { by: Party::Shopper, at: world.clock.now() })
}

#[tokio::test(flavor = "multi_thread")]
async fn two_cancels_at_once_leave_one_shipment_of_the_rest() {
    let world = World::start().await;
    let market = open(&world).await;
    let order = buy(&world, &market, 3).await;
    out_of_order(&world, true).await;
    cancel(&world, order, 1).await;
    cancel(&world, order, 1).await;
    assert_eq!(to_be_sent(&world, order).await, 0, "both wait for their money, and the rest with them");
    out_of_order(&world, false).await;
    assert_eq!(to_be_sent(&world, order).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_cancel_let_go_of_is_sent_after_all() {
    let world = World::start().await;
    let market = open(&world).await;
    let order = buy(&world, &market, 3).await;
    accepted(&world, order).await;
    let regretted = cancel(&world, order, 2).await;
    let meant = cancel(&world, order, 1).await;
    says(&world, meant, approve(&world)).await;
    assert_eq!(to_be_sent(&world, order).await, 0, "the first claim still holds two pieces");
    says(&world, regretted, withdraw(&world)).await;
    assert_eq!(to_be_sent(&world, order).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_that_was_never_approved_leaves_its_shipment_alone() {
    let world = World::start().await;
    let market = open(&world).await;
    let order = buy(&world, &market, 3).await;
    accepted(&world, order).await;
    let regretted = cancel(&world, order, 2).await;
    says(&world, regretted, withdraw(&world)).await;
    assert_eq!(to_be_sent(&world, order).await, 3);
    let first = world.app.log.read_latest::<Shipment>(&shipment_id(order, 1, None)).await.unwrap().state;
    assert_eq!(first.status(), shipping::shipment::value::Status::Accepted);
}

#[tokio::test(flavor = "multi_thread")]
async fn errands_that_are_run_again_change_nothing() {
    let world = World::start().await;
    let market = open(&world).await;
    let order = buy(&world, &market, 3).await;
    let claim = cancel(&world, order, 1).await;
    assert_eq!(to_be_sent(&world, order).await, 2);
    world.app.stop_shipments(&context(&world), claim).await.unwrap();
    for plan in [Some(claim), None] {
        world.app.request_shipments(&context(&world), order, plan).await.unwrap();
    }
    world.settle().await;
    assert_eq!(to_be_sent(&world, order).await, 2);
    let replanned = shipment_id(order, 1, Some(claim));
    let replanned = world.app.log.read_latest::<Shipment>(&replanned).await.unwrap().state;
    assert_eq!(replanned.status(), shipping::shipment::value::Status::Requested);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_is_run_again_leaves_the_rest_to_the_cancel_that_called_it_off() {
    let world = World::start().await;
    let market = open(&world).await;
    let order = buy(&world, &market, 3).await;
    out_of_order(&world, true).await;
    cancel(&world, order, 1).await;
    world.app.request_shipments(&context(&world), order, None).await.unwrap();
    assert_eq!(to_be_sent(&world, order).await, 0, "the cancel plans anew when its money is back");
    out_of_order(&world, false).await;
    assert_eq!(to_be_sent(&world, order).await, 2);
}

/// What a process leaves behind that planned before the cancel, and ended before it looked again.
async fn planned_too_much(world: &World, order: OrderId, claim: ClaimId) -> ShipmentId {
    let first = world.app.log.read_latest::<Shipment>(&shipment_id(order, 1, None)).await.unwrap().state;
    let late = shipment_id(order, 1, Some(claim));
    let request = shipping::shipment::command::Request {
        shipment: late,
        order,
        group: 1,
        merchant: first.merchant().unwrap(),
        mall: first.mall().unwrap().clone(),
        purpose: first.purpose().unwrap(),
        lines: first.lines().to_vec(),
        recipient: first.recipient().unwrap().clone(),
        dispatch_due: first.dispatch_due().unwrap(),
        at: world.clock.now(),
    };
    let request = ShipmentCommand::Request(request);
    world.app.log.execute::<Shipment>(&context(world), &late, request).await.unwrap();
    late
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_a_cancel_overtook_is_called_off_and_made_anew() {
    let world = World::start().await;
    let market = open(&world).await;
    let order = buy(&world, &market, 3).await;
    out_of_order(&world, true).await;
    let claim = cancel(&world, order, 1).await;
    planned_too_much(&world, order, claim).await;
    assert_eq!(to_be_sent(&world, order).await, 3);
    world.app.request_shipments(&context(&world), order, Some(claim)).await.unwrap();
    assert_eq!(to_be_sent(&world, order).await, 2);
    out_of_order(&world, false).await;
    assert_eq!(to_be_sent(&world, order).await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_whose_shipment_leaves_before_it_is_called_off_stands() {
    let world = World::start().await;
    let market = open(&world).await;
    let order = buy(&world, &market, 3).await;
    out_of_order(&world, true).await;
    let claim = cancel(&world, order, 1).await;
    let late = planned_too_much(&world, order, claim).await;
    let (carrier, tracking_number) = (Text::new("cj").unwrap(), Text::new("1").unwrap());
    let dispatch = ShipmentCommand::Dispatch(Dispatch { carrier, tracking_number, at: world.clock.now() });
    let log = Overtaken::over(&world.app.log, context(&world), late, dispatch);
    let app = world.app.clone().with(|parts| parts.log = log);
    app.request_shipments(&context(&world), order, Some(claim)).await.unwrap();
    let late = world.app.log.read_latest::<Shipment>(&late).await.unwrap().state;
    assert_eq!(late.status(), shipping::shipment::value::Status::Dispatched);
}
