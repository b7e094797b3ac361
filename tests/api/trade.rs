//! What goes on between shoppers and merchants, so that operators have something to look at.

use jangteo::ids;
use jangteo::service::fulfilment::shipment_id;
use jangteo::service::payments::Paying;
use kernel::Text;
use kernel::id::{ClaimId, CommandId, OrderId, PaymentId};
use order::value::ClaimKind;
use sagas::Clock;
use shipping::Shipment;
use shipping::shipment::Command;
use shipping::shipment::command::{Accept, Dispatch, Track};
use shipping::shipment::value::ScanStatus;

use crate::asks::{claim_on, wish};
use crate::market::{Market, context};
use crate::world::World;

/// An order with its payment.
#[derive(Debug, Clone, Copy)]
pub struct Bought {
    pub order: OrderId,
    pub payment: PaymentId,
}

/// An order of so many pieces, not yet paid.
pub async fn place(world: &World, market: &Market, pieces: u32) -> Bought {
    let bought = Bought { order: OrderId(ids::fresh()), payment: PaymentId(ids::fresh()) };
    let wish = wish((bought.order, bought.payment), market, pieces);
    world.app.checkout(&context(world), wish).await.unwrap();
    bought
}

/// The same, paid.
pub async fn buy(world: &World, market: &Market, pieces: u32) -> Bought {
    let bought = place(world, market, pieces).await;
    let paid = world.app.pay(&context(world), bought.payment, "ok".to_owned()).await.unwrap();
    assert!(matches!(paid, Paying::Captured(_)), "{paid:?}");
    world.settle().await;
    bought
}

/// Has a payment wait for a deposit; the gateway's key for it.
pub async fn await_deposit(world: &World, payment: PaymentId) -> String {
    let context = context(world);
    let CommandId(command) = context.command_id;
    let paying = world.app.pay(&context, payment, "virtual_account".to_owned()).await.unwrap();
    assert!(matches!(paying, Paying::AwaitingDeposit(..)), "{paying:?}");
    format!("capture-{payment}-{command}")
}

/// The merchant sends an order's goods, and they arrive.
pub async fn deliver(world: &World, bought: Bought) {
    let shipment = shipment_id(bought.order, 1, None);
    accept(world, bought).await;
    let at = world.clock.now();
    let track = |scan: &str, status| {
        Command::Track(Track { scan: Text::new(scan).unwrap(), status, occurred_at: at, at })
    };
    let (carrier, tracking_number) = (Text::new("cj").unwrap(), Text::new("1").unwrap());
    let steps = [
        Command::Dispatch(Dispatch { carrier, tracking_number, at }),
        track("1", ScanStatus::InTransit),
        track("2", ScanStatus::Delivered),
    ];
    for step in steps {
        world.app.log.execute::<Shipment>(&context(world), &shipment, step).await.unwrap();
        world.settle().await;
    }
}

/// The merchant begins to pack an order's goods.
pub async fn accept(world: &World, bought: Bought) {
    let accept = Command::Accept(Accept { at: world.clock.now() });
    let shipment = shipment_id(bought.order, 1, None);
    world.app.log.execute::<Shipment>(&context(world), &shipment, accept).await.unwrap();
    world.settle().await;
}

/// The shopper claims one piece of an order.
pub async fn claim(world: &World, bought: Bought, kind: ClaimKind) -> ClaimId {
    let ask = claim_on((ClaimId(ids::fresh()), bought.order), kind, 1);
    world.app.request_claim(&context(world), &ask).await.unwrap();
    world.settle().await;
    ask.claim
}
