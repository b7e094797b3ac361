//! Parcels that don't arrive: cancelled and paid back, or sent again.

use claim::Claim;
use claim::value::Reason;
use jangteo::ids;
use jangteo::service::ServiceError;
use jangteo::service::claims::ClaimAsk;
use jangteo::service::fulfilment::shipment_id;
use kernel::id::{ClaimId, OrderId};
use kernel::{Amount, Text};
use order::Order;
use order::value::ClaimKind;
use sagas::Clock;
use shipping::Shipment;
use shipping::shipment::Command;
use shipping::shipment::command::{Dispatch, Track};
use shipping::shipment::value::ScanStatus;

use crate::asks::claim_on;
use crate::market::{context, open};
use crate::order::buy;
use crate::world::World;

async fn leaves(world: &World, order: OrderId) {
    let (carrier, tracking_number) = (Text::new("cj").unwrap(), Text::new("1").unwrap());
    does(world, order, Command::Dispatch(Dispatch { carrier, tracking_number, at: world.clock.now() })).await;
}

async fn is_seen(world: &World, order: OrderId, status: ScanStatus) {
    let at = world.clock.now();
    does(world, order, Command::Track(Track { scan: Text::new("1").unwrap(), status, occurred_at: at, at }))
        .await;
}

async fn does(world: &World, order: OrderId, command: Command) {
    let shipment = shipment_id(order, 1, None);
    world.app.log.execute::<Shipment>(&context(world), &shipment, command).await.unwrap();
    world.settle().await;
}

async fn call_it_lost(world: &World, order: OrderId, pieces: u32) -> Result<ClaimId, ServiceError> {
    let claimed = claim_on((ClaimId(ids::fresh()), order), ClaimKind::Cancel, pieces);
    let ask = ClaimAsk { reason: Reason::Lost, ..claimed };
    world.app.request_claim(&context(world), &ask).await?;
    world.settle().await;
    Ok(ask.claim)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parcel_that_is_lost_or_came_back_is_paid_back() {
    let world = World::start().await;
    let market = open(&world).await;
    for status in [ScanStatus::Lost, ScanStatus::ReturnedToSender] {
        let order = buy(&world, &market, 2).await;
        assert!(call_it_lost(&world, order, 2).await.is_err(), "nothing has left");
        leaves(&world, order).await;
        assert!(call_it_lost(&world, order, 2).await.is_err(), "it may arrive");
        is_seen(&world, order, status).await;
        let claim = call_it_lost(&world, order, 2).await.unwrap();
        let claim = world.app.log.read_latest::<Claim>(&claim).await.unwrap().state;
        assert_eq!(claim.phase().map(claim::state::Phase::name), Some("completed"));
        let state = world.app.log.read_latest::<Order>(&order).await.unwrap().state;
        let payment = state.payment().unwrap();
        let payment = world.app.log.read_latest::<payment::Payment>(&payment).await.unwrap().state;
        assert_eq!(payment.refunded(), Amount::from_minor(2 * 12_345));
        assert_eq!(state.phase(), order::state::Phase::Cancelled);
    }
}
