//! What a gateway is asked for, and what not; and what is not asked for twice.

use jangteo::ids;
use jangteo::service::checkout::{Checkout, TenderAsk};
use jangteo::service::payments::Paying;
use kernel::Amount;
use kernel::id::{ClaimId, OrderId, PaymentId, RefundId};
use order::value::ClaimKind;
use payment::Payment;
use payment::value::Method;

use crate::asks::{claim_on, wish};
use crate::market::{Market, context, open};
use crate::world::World;

const PRICE: i64 = 12_345;

/// An order of two pieces, paid by card as far as the points don't reach.
async fn buy(world: &World, market: &Market, points: i64) -> (OrderId, PaymentId) {
    let (order, payment) = (OrderId(ids::fresh()), PaymentId(ids::fresh()));
    let tender = |method, minor| TenderAsk { method, amount: Amount::from_minor(minor), instalments: 1 };
    let tenders = [tender(Method::Card, 2 * PRICE - points), tender(Method::Points, points)];
    let tenders = tenders.into_iter().filter(|tender| !tender.amount.is_zero()).collect();
    let wish = Checkout { tenders, ..wish((order, payment), market, 2) };
    world.app.checkout(&context(world), wish).await.unwrap();
    let paid = world.app.pay(&context(world), payment, "ok".to_owned()).await.unwrap();
    assert!(matches!(paid, Paying::Captured(_)), "{paid:?}");
    world.settle().await;
    (order, payment)
}

async fn cancel(world: &World, order: OrderId, pieces: u32) {
    let ask = claim_on((ClaimId(ids::fresh()), order), ClaimKind::Cancel, pieces);
    world.app.request_claim(&context(world), &ask).await.unwrap();
    world.settle().await;
}

/// What the sandbox gateway took and gave back.
async fn booked(world: &World) -> (i64, i64) {
    let sum = "SELECT (SELECT COALESCE(sum(amount_minor), 0)::bigint FROM sandbox_capture),
                      (SELECT COALESCE(sum(amount_minor), 0)::bigint FROM sandbox_refund)";
    sqlx::query_as(sum).fetch_one(&world.app.pool).await.unwrap()
}

async fn refunded(world: &World, payment: PaymentId) -> Amount {
    world.app.log.read_latest::<Payment>(&payment).await.unwrap().state.refunded()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_is_asked_for_its_own_part_only() {
    let world = World::start().await;
    let market = open(&world).await;
    let (order, payment) = buy(&world, &market, 10_000).await;
    assert_eq!(booked(&world).await, (14_690, 0));
    cancel(&world, order, 1).await;
    assert_eq!(booked(&world).await, (14_690, PRICE), "money goes back before points");
    cancel(&world, order, 1).await;
    assert_eq!(booked(&world).await, (14_690, 14_690));
    assert_eq!(refunded(&world, payment).await, Amount::from_minor(2 * PRICE));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_paid_by_points_alone_asks_no_gateway() {
    let world = World::start().await;
    let market = open(&world).await;
    let (order, payment) = buy(&world, &market, 2 * PRICE).await;
    cancel(&world, order, 2).await;
    assert_eq!(booked(&world).await, (0, 0));
    assert_eq!(refunded(&world, payment).await, Amount::from_minor(2 * PRICE));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refund_that_is_done_is_not_put_to_the_gateway_again() {
    let world = World::start().await;
    let market = open(&world).await;
    let (order, payment) = buy(&world, &market, 0).await;
    cancel(&world, order, 1).await;
    let refund: String =
        sqlx::query_scalar("SELECT key FROM sandbox_refund").fetch_one(&world.app.pool).await.unwrap();
    // A gateway that has forgotten its keys would pay twice.
    sqlx::query("DELETE FROM sandbox_refund").execute(&world.app.pool).await.unwrap();
    let refund: RefundId = refund.parse().unwrap();
    world.app.pay_refund(&context(&world), payment, refund).await.unwrap();
    assert_eq!(booked(&world).await.1, 0);
}
