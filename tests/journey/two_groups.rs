//! One variant that travels in two delivery groups of one order: its stock is one, all else is each group's own.

use chrono::TimeDelta;
use eventstore::Batch;
use jangteo::ids;
use jangteo::service::claims::ClaimAsk;
use jangteo::service::fulfilment::shipment_id;
use jangteo::service::payments::Paying;
use kernel::id::{ClaimId, MerchantId, OrderId, PaymentId};
use kernel::{Amount, Currency, Price, Quantity, Text};
use order::Order;
use order::command::Place;
use order::state::Phase;
use order::value::{ClaimKind, DeliveryGroup, GroupNo, LineNo, LineQuantity, OrderLine, Source};
use payment::Payment;
use payment::command::Request;
use payment::value::{Method, Tender, TenderNo};
use product::{Product, Stock, stock};
use projections::books::query;
use shipping::Shipment;

use crate::asks::claim_on;
use crate::market::{Market, context, open, recipient};
use crate::order::{ship, sound};
use crate::world::World;

const PRICE: i64 = 12_345;
/// What each group costs to deliver.
const FEE: i64 = 2_500;
/// How many pieces travel in which group.
const PIECES: [(u16, u32); 2] = [(1, 2), (2, 1)];

/// Of the market's product.
fn line(market: &Market, merchant: MerchantId, (number, pieces): (u16, u32)) -> OrderLine {
    OrderLine {
        line: LineNo(number),
        group: GroupNo(number),
        merchant,
        product: market.product,
        sku: market.sku,
        name: Text::new("A book").unwrap(),
        options: Vec::new(),
        category: "books".to_owned(),
        taxable: true,
        quantity: Quantity::new(pieces).unwrap(),
        unit_price: Price::new(PRICE).unwrap(),
        discount_merchant: Amount::ZERO,
        discount_platform: Amount::ZERO,
        points: Amount::ZERO,
        source: Source::Direct,
    }
}

fn group(merchant: MerchantId, number: u16) -> DeliveryGroup {
    DeliveryGroup {
        group: GroupNo(number),
        merchant,
        fee: Price::new(FEE).unwrap(),
        surcharge: Price::ZERO,
        free_over: None,
        waived_fee: Price::ZERO,
        return_fee: Price::ZERO,
    }
}

/// The order, placed and paid.
async fn bought(world: &World, market: &Market) -> (OrderId, PaymentId) {
    let (order, payment) = (OrderId(ids::fresh()), PaymentId(ids::fresh()));
    let placing = context(world);
    let (at, due) = (placing.at, placing.at + TimeDelta::hours(1));
    let product = world.app.log.read_latest::<Product>(&market.product).await.unwrap().state;
    let merchant = product.merchant().unwrap();
    let total = Amount::from_minor(3 * PRICE + 2 * FEE);
    let place = Place {
        order,
        mall: market.mall.clone(),
        currency: Currency::Krw,
        member: market.member,
        recipient: Some(world.app.vault.seal(market.member.0, &recipient()).await.unwrap()),
        gift: None,
        memo: None,
        lines: PIECES.map(|pieces| line(market, merchant, pieces)).into(),
        groups: PIECES.map(|(number, _)| group(merchant, number)).into(),
        coupons: Vec::new(),
        limited: [].into(),
        vat_rate: None,
        payment,
        total,
        payment_due: due,
        confirm_after_days: 7,
        at,
    };
    let request = Request {
        payment,
        order,
        mall: market.mall.clone(),
        currency: Currency::Krw,
        member: market.member,
        amount: total,
        tenders: vec![Tender { tender: TenderNo(1), method: Method::Card, amount: total, instalments: 1 }],
        expires_at: due,
        at,
    };
    let mut batch = Batch::new().create::<Order>(&order, order::Command::Place(place));
    for (_, pieces) in PIECES {
        let reserve = stock::command::Reserve { order, quantity: Quantity::new(pieces).unwrap(), at };
        batch = batch.with::<Stock>(&market.sku, stock::Command::Reserve(reserve));
    }
    let batch = batch.create::<Payment>(&payment, payment::Command::Request(request));
    world.app.log.commit(&placing, batch).await.unwrap();
    let paid = world.app.pay(&context(world), payment, "ok".to_owned()).await.unwrap();
    assert!(matches!(paid, Paying::Captured(_)), "{paid:?}");
    world.settle().await;
    (order, payment)
}

/// Pieces reserved and on hand.
async fn levels(world: &World, market: &Market) -> (u32, u32) {
    let levels = world.app.log.read_latest::<Stock>(&market.sku).await.unwrap().state.levels();
    (levels.reserved, levels.on_hand)
}

/// How many pieces a group's first shipment holds.
async fn requested(world: &World, order: OrderId, group: u16) -> u32 {
    let shipment = shipment_id(order, group, None);
    let state = world.app.log.read_latest::<Shipment>(&shipment).await.unwrap().state;
    state.lines().iter().map(|line| line.quantity.get()).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_variant_in_two_groups_is_sent_cancelled_and_settled_by_group() {
    let world = World::start().await;
    let market = open(&world).await;
    let (order, payment) = bought(&world, &market).await;
    assert_eq!(levels(&world, &market).await, (3, 100));
    assert_eq!([requested(&world, order, 1).await, requested(&world, order, 2).await], [2, 1]);

    let lines = vec![LineQuantity { line: LineNo(2), quantity: Quantity::ONE }];
    let ask = ClaimAsk { lines, ..claim_on((ClaimId(ids::fresh()), order), ClaimKind::Cancel, 1) };
    world.app.request_claim(&context(&world), &ask).await.unwrap();
    world.settle().await;
    let refunded = world.app.log.read_latest::<Payment>(&payment).await.unwrap().state.refunded();
    assert_eq!(refunded, Amount::from_minor(PRICE + FEE), "the piece, and its own group's delivery");
    assert_eq!(levels(&world, &market).await, (2, 100));
    let first = world.app.log.read_latest::<Shipment>(&shipment_id(order, 1, None)).await.unwrap().state;
    assert_eq!(first.status(), shipping::shipment::value::Status::Requested, "the other group's stays");

    ship(&world, shipment_id(order, 1, None)).await;
    world.pass(8).await;
    let state = world.app.log.read_latest::<Order>(&order).await.unwrap().state;
    assert_eq!(state.phase(), Phase::Closed);
    assert_eq!(levels(&world, &market).await, (0, 98));
    world.pass(40).await;
    world.projected().await;
    let settled = query::settled_by_merchant(&world.app.pool, &market.mall).await.unwrap();
    assert_eq!(settled[0].sale_minor, 2 * PRICE);
    sound(&world).await;
}
