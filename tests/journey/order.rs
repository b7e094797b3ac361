//! An order from checkout to payout, and what is returned of one, even after that.

use claim::Claim;
use claim::command::Inspect;
use claim::value::{InspectedLine, Inspection};
use eventstore::{Seq, StreamName};
use jangteo::ids;
use jangteo::service::confirmed_returns::ConfirmedReturn;
use jangteo::service::fulfilment::shipment_id;
use jangteo::service::payments::Paying;
use jangteo::verify::read_models::{DifferingTable, ReadModels, compare_read_models};
use jangteo::verify::{Outside, verify};
use kernel::id::{ClaimId, OrderId, PaymentId, StatementId};
use kernel::{Amount, Quantity, Text};
use order::Order;
use order::state::Phase;
use order::value::{ClaimKind, LineNo, LineQuantity};
use product::Stock;
use projections::books::query::{self, StatementFilter};
use sagas::Clock;
use settlement::ledger::Account;
use shipping::Shipment;
use shipping::shipment::command::{Accept, Dispatch, Track};
use shipping::shipment::value::ScanStatus;
use shipping::shipment::{Command as ShipmentCommand, command};

use crate::asks::{claim_on, wish};
use crate::market::{Market, context, open};
use crate::world::World;

pub async fn buy(world: &World, market: &Market, pieces: u32) -> OrderId {
    let (order, payment) = (OrderId(ids::fresh()), PaymentId(ids::fresh()));
    let wish = wish((order, payment), market, pieces);
    world.app.checkout(&context(world), wish).await.unwrap();
    let paid = world.app.pay(&context(world), payment, "ok".to_owned()).await.unwrap();
    assert!(matches!(paid, Paying::Captured(_)), "{paid:?}");
    world.settle().await;
    order
}

pub async fn ship(world: &World, shipment: kernel::id::ShipmentId) {
    let at = world.clock.now();
    let track = |scan: &str, status| {
        ShipmentCommand::Track(Track { scan: Text::new(scan).unwrap(), status, occurred_at: at, at })
    };
    let dispatch =
        Dispatch { carrier: Text::new("cj").unwrap(), tracking_number: Text::new("1").unwrap(), at };
    for step in [
        ShipmentCommand::Accept(Accept { at }),
        ShipmentCommand::Dispatch(dispatch),
        track("1", ScanStatus::InTransit),
        track("2", ScanStatus::Delivered),
    ] {
        world.app.log.execute::<Shipment>(&context(world), &shipment, step).await.unwrap();
        world.settle().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivered_order_confirms_itself_and_is_paid_out() {
    let world = World::start().await;
    let market = open(&world).await;
    let order = buy(&world, &market, 3).await;
    ship(&world, shipment_id(order, 1, None)).await;
    world.pass(8).await;
    let state = world.app.log.read_latest::<Order>(&order).await.unwrap().state;
    assert_eq!(state.phase(), Phase::Closed);
    let stock = world.app.log.read_latest::<Stock>(&market.sku).await.unwrap().state;
    assert_eq!((stock.levels().on_hand, stock.levels().reserved), (97, 0));
    world.pass(40).await;
    world.projected().await;
    let settled = query::settled_by_merchant(&world.app.pool, &market.mall).await.unwrap();
    assert_eq!(settled.len(), 1);
    assert_eq!(settled[0].sale_minor, 37_035);
    let statements =
        sqlx::query!("SELECT phase, due_minor FROM statement").fetch_all(&world.app.pool).await.unwrap();
    // 37,035 less a tenth of it, 3,704 rounded half away from zero.
    assert_eq!((statements[0].phase.as_str(), statements[0].due_minor), ("paid", 33_331));
    is_not_paid_out_again(&world).await;
    sound(&world).await;
    tampering_is_found(&world).await;
}

/// A row that was changed by hand is named by its read model and table, and by no other.
async fn tampering_is_found(world: &World) {
    let people =
        "SELECT format('people_r%s_%s', revision, build) FROM projection WHERE name = 'people' AND live";
    let schema: String = sqlx::query_scalar(people).fetch_one(&world.app.pool).await.unwrap();
    let tamper = format!("UPDATE {schema}.member_row SET standing = 'forged'");
    sqlx::query(sqlx::AssertSqlSafe(tamper)).execute(&world.app.pool).await.unwrap();
    let compared = compared(world).await;
    assert!(!compared.are_equal());
    let tables = compared.models.iter().flat_map(|model| {
        let named =
            move |table: &DifferingTable| (model.name, table.table, table.surplus_rows, table.missing_rows);
        model.differing.iter().map(named)
    });
    assert_eq!(tables.collect::<Vec<_>>(), [("people", "member_row", 1, 1)]);
}

/// A bank that has forgotten its keys would pay twice.
async fn is_not_paid_out_again(world: &World) {
    let pool = &world.app.pool;
    let forgotten = "DELETE FROM sandbox_payout RETURNING replace(key, 'payout-', '')";
    let payout: String = sqlx::query_scalar(forgotten).fetch_one(pool).await.unwrap();
    let statement: uuid::Uuid =
        sqlx::query_scalar("SELECT statement FROM statement").fetch_one(pool).await.unwrap();
    let (statement, payout) = (StatementId(statement), payout.parse().unwrap());
    world.app.pay_out(&context(world), statement, payout).await.unwrap();
    let asked: i64 = sqlx::query_scalar("SELECT count(*) FROM sandbox_payout").fetch_one(pool).await.unwrap();
    assert_eq!(asked, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unpaid_order_expires_and_frees_its_stock() {
    let world = World::start().await;
    let market = open(&world).await;
    let order = OrderId(ids::fresh());
    let wish = wish((order, PaymentId(ids::fresh())), &market, 1);
    world.app.checkout(&context(&world), wish).await.unwrap();
    world.pass(1).await;
    assert_eq!(world.app.log.read_latest::<Order>(&order).await.unwrap().state.phase(), Phase::Expired);
    assert_eq!(world.app.log.read_latest::<Stock>(&market.sku).await.unwrap().state.available(), 100);
    sound(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_cancelled_before_dispatch_is_refunded_and_the_rest_is_sent() {
    let world = World::start().await;
    let market = open(&world).await;
    let order = buy(&world, &market, 3).await;
    let ask = claim_on((ClaimId(ids::fresh()), order), ClaimKind::Cancel, 1);
    world.app.request_claim(&context(&world), &ask).await.unwrap();
    world.settle().await;
    let state = world.app.log.read_latest::<Order>(&order).await.unwrap().state;
    let payment =
        world.app.log.read_latest::<payment::Payment>(&state.payment().unwrap()).await.unwrap().state;
    assert_eq!(payment.refunded(), Amount::from_minor(12_345));
    let replanned = shipment_id(order, 1, Some(ask.claim));
    let shipment = world.app.log.read_latest::<Shipment>(&replanned).await.unwrap().state;
    assert_eq!(shipment.lines().iter().map(|line| line.quantity.get()).sum::<u32>(), 2);
    let cancel =
        command::Cancel { reason: shipping::shipment::value::CancelReason::Operator, at: world.clock.now() };
    let first = shipment_id(order, 1, None);
    let again =
        world.app.log.execute::<Shipment>(&context(&world), &first, ShipmentCommand::Cancel(cancel)).await;
    assert!(again.is_ok_and(|outcome| outcome.replayed), "the first shipment is called off already");
    sound(&world).await;
}

/// Nothing is wrong with the log that the journey left behind, and every read model is what it says.
pub async fn sound(world: &World) {
    let report = verify(&**world.app.log.store(), Outside::default(), |_| ()).await.unwrap();
    assert!(report.is_sound(), "{report}");
    world.projected().await;
    let compared = compared(world).await;
    assert!(compared.are_equal(), "{compared}");
}

async fn compared(world: &World) -> ReadModels {
    let compared = compare_read_models(&world.app.projection_pool, &world.app.log, |_, _| ()).await;
    assert!(compared.models.iter().map(|model| model.name).eq(jangteo::workers::PROJECTIONS));
    compared
}

/// What is left of shoppers' money in a ledger whose two sides are even.
async fn deposits(world: &World) -> i64 {
    world.projected().await;
    let trial = query::trial_balance(&world.app.pool, None, None).await.unwrap();
    let left = trial.iter().map(|account| account.debit_minor - account.credit_minor).sum::<i64>();
    assert_eq!(left, 0, "{trial:?}");
    let deposits = trial.iter().filter(|account| account.account == Account::CustomerDeposits);
    deposits.map(|account| account.credit_minor - account.debit_minor).sum()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_confirmed_piece_is_taken_back_after_its_merchant_was_paid() {
    let world = World::start().await;
    let market = open(&world).await;
    let order = buy(&world, &market, 3).await;
    assert_eq!(deposits(&world).await, 37_035);
    ship(&world, shipment_id(order, 1, None)).await;
    world.pass(8).await;
    world.pass(40).await;
    assert_eq!(deposits(&world).await, 0);
    let claim = ClaimId(ids::fresh());
    let lines = vec![LineQuantity { line: LineNo(1), quantity: Quantity::ONE }];
    let wish = ConfirmedReturn { claim, lines, reason: claim::value::Reason::Defective };
    world.app.return_confirmed(&context(&world), order, wish).await.unwrap();
    world.settle().await;
    world.app.grant_claim(&context(&world), claim, None).await.unwrap();
    world.settle().await;
    let pickup = world.app.log.read_latest::<Claim>(&claim).await.unwrap().state;
    let pickup = *pickup.case().unwrap().pickups().iter().next().unwrap();
    ship(&world, pickup).await;
    let result = Inspection::Pass { lines: vec![InspectedLine { line: 1, resellable: 1, damaged: 0 }] };
    let inspect = claim::Command::Inspect(Inspect { result, at: world.clock.now() });
    world.app.log.execute::<Claim>(&context(&world), &claim, inspect).await.unwrap();
    world.settle().await;

    let state = world.app.log.read_latest::<Order>(&order).await.unwrap().state;
    let buckets = state.line(LineNo(1)).unwrap().1.buckets();
    assert_eq!((buckets.confirmed, buckets.returned, state.phase()), (2, 1, Phase::Closed));
    let payment = state.payment().unwrap();
    let payment = world.app.log.read_latest::<payment::Payment>(&payment).await.unwrap().state;
    assert_eq!(payment.refunded(), Amount::from_minor(12_345));
    assert_eq!(world.app.log.read_latest::<Stock>(&market.sku).await.unwrap().state.available(), 98);
    assert_eq!(deposits(&world).await, 0);
    let filter = StatementFilter::default();
    let statements = query::statements(&world.app.pool, &filter, None, 10).await.unwrap().items;
    let shown: Vec<_> = statements.iter().map(|one| (one.phase.as_str(), one.due_minor)).collect();
    // A third of the sale less a third of its commission, 12,345 − 1,235, is owed back.
    assert_eq!(shown, [("open", -11_110), ("paid", 33_331)]);

    let commits = world.app.log.store().load_latest(&StreamName::of::<Order>(&order), Seq(0)).await.unwrap();
    let (completed, head) = (commits.last().unwrap().seq, world.app.log.head().await.unwrap());
    world.app.settle_claim(&context(&world), (order, claim), completed).await.unwrap();
    assert_eq!(world.app.log.head().await.unwrap(), head, "settled again, it adds nothing");
    sound(&world).await;
}
