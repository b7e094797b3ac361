//! What people do: always under the same names, so that every run is the same journey.

use claim::Claim;
use claim::command::Inspect;
use claim::value::{InspectedLine, Inspection, Party, Reason};
use eventstore::Context;
use jangteo::service::checkout::{Checkout, Receiver};
use jangteo::service::claims::ClaimAsk;
use jangteo::service::fulfilment::shipment_id;
use jangteo::service::ownership::Own;
use jangteo::service::payments::Paying;
use jangteo::service::personal::{GiftCard, GiftRecipient};
use jangteo::service::redemption::Redemption;
use kernel::id::{ClaimId, CommandId, CorrelationId, CouponId, OrderId, PaymentId, ShipmentId};
use kernel::{Actor, Amount, Quantity, Text};
use order::Order;
use order::allowance::{AllowanceId, PurchaseAllowance};
use order::value::{ClaimKind, ClaimablePieces};
use product::Product;
use product::product::value::{MemberMaximum, PurchaseLimits};
use sagas::Clock;
use shipping::Shipment;
use shipping::shipment::Command;
use shipping::shipment::command::{Accept, Dispatch, Track};
use shipping::shipment::value::ScanStatus;
use uuid::Uuid;

use crate::asks::{claim_on, wish};
use crate::gifts::{Holder, coupon, points};
use crate::journeys;
use crate::market::{Market, context, open};
use crate::world::{Run, World};

/// What each order's coupon takes off, and the points that it takes.
const OFF: i64 = 1_000;
const POINTS: i64 = 100;

/// The pieces of an order.
const PIECES: u32 = 3;

pub const fn order(number: u128) -> OrderId {
    OrderId(Uuid::from_u128(number))
}

pub const fn payment(number: u128) -> PaymentId {
    PaymentId(Uuid::from_u128(0x100 + number))
}

pub const fn claim(number: u128) -> ClaimId {
    ClaimId(Uuid::from_u128(0x200 + number))
}

/// A market in which one order was placed.
pub async fn begun(world: &World, kind: journeys::Order) {
    let market = open(world).await;
    if kind == journeys::Order::Limited {
        limit(world, &market).await;
    }
    let wish = wish((order(1), payment(1)), &market, PIECES);
    let wish = match kind {
        journeys::Order::Plain | journeys::Order::Limited => wish,
        journeys::Order::Redeeming => redeeming(world, &market, (1, wish)).await,
        journeys::Order::Gift => {
            let recipient = GiftRecipient { name: "Jun".to_owned(), phone: "010-0000-0000".to_owned() };
            let card = GiftCard { recipient, from: "Minji".to_owned(), message: None };
            Checkout { receiver: Receiver::Gift(card), ..redeeming(world, &market, (1, wish)).await }
        }
    };
    world.app.checkout(&context(world), wish).await.unwrap();
}

/// A member may buy so many pieces, and no more than an order has.
async fn limit(world: &World, market: &Market) {
    let pieces = Quantity::new(PIECES).unwrap();
    let limits =
        PurchaseLimits { max_per_order: None, max_per_member: Some(MemberMaximum { pieces, days: None }) };
    let product = world.app.log.read::<Product>(&market.product).await.unwrap().state;
    let own = Own::of(product.merchant().unwrap(), market.product);
    world.app.limit_own_purchases(&context(world), own, limits).await.unwrap();
}

/// What counts of order 1 towards the limit of its product.
pub async fn counted(run: &Run) -> u32 {
    let placed = run.api().log.read_latest::<Order>(&order(1)).await.unwrap().state;
    let placed = placed.placed().unwrap();
    let product = placed.lines.first().unwrap().product;
    let allowance = AllowanceId { member: placed.member, product };
    let state = run.api().log.read_latest::<PurchaseAllowance>(&allowance).await.unwrap().state;
    state.kept_by(order(1)).map_or(0, Quantity::get)
}

/// A market in which so many orders were placed.
pub async fn placed(world: &World, orders: u128) {
    let market = open(world).await;
    for number in 1..=orders {
        place(world, &market, number).await;
    }
}

async fn place(world: &World, market: &Market, number: u128) {
    let wish = wish((order(number), payment(number)), market, PIECES);
    let wish = redeeming(world, market, (number, wish)).await;
    world.app.checkout(&context(world), wish).await.unwrap();
}

/// The same wish with a coupon and points.
async fn redeeming(world: &World, market: &Market, (number, wish): (u128, Checkout)) -> Checkout {
    let redemption = gifts(world, market, number).await;
    let total = wish.total - Amount::from_minor(OFF) - redemption.points;
    Checkout { redemption, total, ..wish }
}

/// A coupon and points for an order.
async fn gifts(world: &World, market: &Market, number: u128) -> Redemption {
    let coupon_id = CouponId(Uuid::from_u128(0x300 + number));
    let holder = || Holder { member: market.member, mall: &market.mall };
    coupon(&world.app, &context(world), holder(), (coupon_id, OFF)).await;
    points(&world.app, &context(world), holder(), POINTS).await;
    Redemption { coupons: vec![coupon_id], points: Amount::from_minor(POINTS) }
}

/// A request by its name.
fn named(run: &Run, name: &str) -> Context {
    let id = Uuid::new_v5(&Uuid::nil(), name.as_bytes());
    Context {
        command_id: CommandId(id),
        correlation_id: CorrelationId(id),
        causation: None,
        actor: Actor::system("test"),
        at: run.world.clock.now(),
        request: None,
    }
}

/// The shopper pays.
pub async fn pay(run: &mut Run, number: u128) {
    let context = named(run, &format!("pay {number}"));
    let paid = run.api().pay(&context, payment(number), "ok".to_owned()).await.unwrap();
    assert!(matches!(paid, Paying::Captured(_)), "{paid:?}");
    run.settle().await;
}

/// The shopper begins to pay and the gateway says nothing.
pub async fn pay_unanswered(run: &mut Run, number: u128, instrument: &str) {
    let context = named(run, &format!("pay {number}"));
    let paid = run.api().pay(&context, payment(number), instrument.to_owned()).await.unwrap();
    assert!(matches!(paid, Paying::Unknown(_)), "{paid:?}");
    run.settle().await;
}

/// A parcel leaves and arrives.
pub async fn arrives(run: &mut Run, shipment: ShipmentId) {
    leaves(run, shipment).await;
    let at = run.world.clock.now();
    for (scan, status) in [("1", ScanStatus::InTransit), ("2", ScanStatus::Delivered)] {
        let track = Track { scan: Text::new(scan).unwrap(), status, occurred_at: at, at };
        ships(run, shipment, Command::Track(track), scan).await;
    }
}

/// A parcel leaves.
pub async fn leaves(run: &mut Run, shipment: ShipmentId) {
    let at = run.world.clock.now();
    let (carrier, tracking_number) = (Text::new("cj").unwrap(), Text::new("1").unwrap());
    accepts(run, shipment).await;
    ships(run, shipment, Command::Dispatch(Dispatch { carrier, tracking_number, at }), "dispatch").await;
}

/// The merchant begins to pack.
pub async fn accepts(run: &mut Run, shipment: ShipmentId) {
    let accept = Accept { at: run.world.clock.now() };
    ships(run, shipment, Command::Accept(accept), "accept").await;
}

async fn ships(run: &mut Run, shipment: ShipmentId, command: Command, name: &str) {
    let context = named(run, &format!("{name} {shipment}"));
    run.api().log.execute::<Shipment>(&context, &shipment, command).await.unwrap();
    run.settle().await;
}

/// The first parcel of an order.
pub fn parcel(number: u128) -> ShipmentId {
    shipment_id(order(number), 1, None)
}

/// The shopper claims one piece.
pub async fn claims(run: &mut Run, number: u128, kind: ClaimKind) {
    let ask = claim_on((claim(number), order(number)), kind, 1);
    run.api().request_claim(&named(run, &format!("claim {number}")), &ask).await.unwrap();
    run.settle().await;
}

/// An operator takes one confirmed piece back.
pub async fn takes_back(run: &mut Run, number: u128) {
    let ask = ClaimAsk {
        pieces: ClaimablePieces::Confirmed,
        reason: Reason::Defective,
        by: Party::Operator,
        ..claim_on((claim(number), order(number)), ClaimKind::Return, 1)
    };
    run.api().request_claim(&named(run, &format!("take back {number}")), &ask).await.unwrap();
    run.settle().await;
}

/// The goods of a return arrive at the merchant, who finds them as they should be.
pub async fn comes_back(run: &mut Run, number: u128) {
    let state = run.api().log.read_latest::<Claim>(&claim(number)).await.unwrap().state;
    let pickup = *state.case().unwrap().pickups().iter().next().unwrap();
    arrives(run, pickup).await;
    let result = Inspection::Pass { lines: vec![InspectedLine { line: 1, resellable: 1, damaged: 0 }] };
    let inspect = claim::Command::Inspect(Inspect { result, at: run.world.clock.now() });
    says(run, number, inspect, "inspect").await;
}

/// Somebody says something to a claim.
pub async fn says(run: &mut Run, number: u128, command: claim::Command, name: &str) {
    let context = named(run, &format!("{name} {number}"));
    run.api().log.execute::<Claim>(&context, &claim(number), command).await.unwrap();
    run.settle().await;
}

/// Somebody asks something of an order.
pub async fn orders(run: &mut Run, number: u128, command: order::Command, name: &str) {
    let context = named(run, &format!("{name} {number}"));
    run.api().log.execute::<Order>(&context, &order(number), command).await.unwrap();
    run.settle().await;
}
