//! Read models: how fast they follow a log that is there already, and how fast one of them is built anew.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use eventstore::{Filter, Log};
use futures::{StreamExt, TryStreamExt, stream};
use kernel::id::{OrderId, PaymentId};
use kernel::{Amount, Quantity};
use order::Order;
use order::command::MarkPaid;
use order::value::Source;
use projections::orders::Orders;
use projections::{Projection, checkpoint};
use tokio::time::Instant;

use super::figure::Figure;
use super::installation::{Database, context};
use super::market::{Assortment, Good, Market, PRICE_MINOR, Shopper};
use super::walk::walk;
use super::{Installation, timing};
use crate::app::App;
use crate::config::Config;
use crate::service::checkout::{Checkout, Receiver};
use crate::service::payments::Paying;
use crate::service::personal::Recipient;
use crate::service::quoting::Item;
use crate::service::redemption::Redemption;
use crate::workers::{self, PROJECTIONS, Workers};
use crate::{ids, migrations};

/// The log has at least so many commits.
const COMMITS: u64 = 50_000;
/// Orders between two looks at how long the log is.
const ORDERS_PER_LOOK: usize = 500;
/// The most looks: an order is at least five commits.
const MOST_LOOKS: usize = 20;
/// Orders placed side by side while the log is prepared.
const SHOPPERS: usize = 64;
/// What they choose from.
const PRODUCTS: u32 = 400;
/// How long a read model may take to follow.
const FOLLOW_LIMIT: Duration = Duration::from_mins(1);

/// A prepared log.
pub(super) struct Prepared {
    orders: usize,
    /// Events of the contexts that the read model of orders reads.
    read_by_orders: usize,
    /// All events.
    events: usize,
}

pub(super) async fn run(config: &Config) -> Result<Vec<Figure>> {
    let installation = Installation::fresh(config).await?;
    let app = &installation.app;
    let prepared = prepare(app).await?;
    eprintln!("projection: the read model of orders follows");
    let mut running = Workers::new();
    running.spawn(projections::run::<Orders>(app.projection_pool.clone(), app.log.clone()));
    let orders = followed(app, &[Orders::NAME]).await?;
    running.shutdown().await;
    check(app, &prepared).await?;
    eprintln!("rebuild: the read model of orders is built anew");
    let began = Instant::now();
    ensure!(workers::rebuild(app, Orders::NAME, |_| ()).await?, "there is no read model of orders");
    let rebuilt = began.elapsed();
    check(app, &prepared).await?;
    let all = all_follow(installation.config(), &prepared).await?;
    installation.remove().await?;
    let per_second = |events, time| timing::per_second(events, time);
    Ok(vec![
        Figure::new("projection.events_per_s", per_second(prepared.read_by_orders, orders), "events/s"),
        Figure::new("projection.all_events_per_s", per_second(prepared.events, all), "events/s"),
        Figure::new("rebuild.events_per_s", per_second(prepared.read_by_orders, rebuilt), "events/s"),
    ])
}

/// Every read model follows the same log, side by side, into a database that holds none of them yet.
async fn all_follow(config: &Config, prepared: &Prepared) -> Result<Duration> {
    eprintln!("projection: all {} read models follow", PROJECTIONS.len());
    let database = Database::create(config).await?;
    let app = App::open(&database.within(config)?).await?;
    migrations::apply(&app.pool).await?;
    let mut running = Workers::new();
    workers::start_projections(&app, &mut running);
    let time = followed(&app, &PROJECTIONS).await?;
    running.shutdown().await;
    check(&app, prepared).await?;
    database.remove(&app).await?;
    Ok(time)
}

/// The time until these read models have seen the whole log.
async fn followed(app: &App, names: &[&str]) -> Result<Duration> {
    let began = Instant::now();
    let head = app.log.head().await?;
    for name in names {
        let in_time = checkpoint::wait_for(&app.pool, name, head, FOLLOW_LIMIT).await?;
        ensure!(in_time, "the read model {name} did not follow within {FOLLOW_LIMIT:?}");
    }
    Ok(began.elapsed())
}

/// Every order is in the read model, and paid.
async fn check(app: &App, prepared: &Prepared) -> Result<()> {
    let paid = "SELECT count(*) FROM order_head WHERE status = 'paid'";
    let found: i64 = sqlx::query_scalar(paid).fetch_one(&app.pool).await?;
    let orders = prepared.orders;
    ensure!(usize::try_from(found) == Ok(orders), "{found} of {orders} orders are paid in the read model");
    Ok(())
}

/// Fills the log through the services: orders placed and paid, with no read model and no saga running.
pub(super) async fn prepare(app: &App) -> Result<Prepared> {
    let market = Market::open(app, Assortment::of(PRODUCTS), SHOPPERS).await?;
    eprintln!("projection: a log of {COMMITS} commits is prepared");
    let began = Instant::now();
    let mut orders = 0;
    for _ in 0..MOST_LOOKS {
        let buying = stream::iter(orders..orders + ORDERS_PER_LOOK).map(|turn| buy(app, &market, turn));
        buying.buffer_unordered(SHOPPERS).try_collect::<()>().await?;
        orders += ORDERS_PER_LOOK;
        if app.log.head().await?.0 >= COMMITS {
            break;
        }
    }
    let per_second = timing::per_second(orders, began.elapsed());
    eprintln!(
        "projection: {orders} orders paid, {per_second:.0} a second by {SHOPPERS} shoppers without HTTP"
    );
    ensure!(app.log.head().await?.0 >= COMMITS, "{orders} orders are less than {COMMITS} commits");
    let began = Instant::now();
    let (read_by_orders, events) =
        (count(&app.log, Filter::Contexts(Orders::CONTEXTS)).await?, count(&app.log, Filter::All).await?);
    eprintln!("projection: two walks over {events} events took {:?}", began.elapsed());
    Ok(Prepared { orders, read_by_orders, events })
}

async fn count(log: &Log, filter: Filter) -> Result<usize> {
    let mut events = 0;
    walk(log, filter, |recorded| {
        events += recorded.events.len();
        Ok(())
    })
    .await?;
    Ok(events)
}

async fn buy(app: &App, market: &Market, turn: usize) -> Result<()> {
    let shopper = market.shoppers.get(turn % SHOPPERS).context("there are too few shoppers")?;
    let goods = market.two_goods(turn).context("there are no goods")?;
    let wish = wish(market, shopper, goods);
    let (order, payment) = (wish.order, wish.payment);
    app.checkout(&context(app), wish).await?;
    let paid = app.pay(&context(app), payment, "ok".to_owned()).await?;
    ensure!(matches!(paid, Paying::Captured(_)), "a payment came to {paid:?}");
    let mark = order::Command::MarkPaid(MarkPaid { payment, at: app.clock.now() });
    app.log.execute::<Order>(&context(app), &order, mark).await?;
    Ok(())
}

fn wish(market: &Market, shopper: &Shopper, goods: [Good; 2]) -> Checkout {
    let item = |Good { product, sku }| Item { product, sku, quantity: Quantity::ONE, source: Source::Direct };
    Checkout {
        order: OrderId(ids::fresh()),
        payment: PaymentId(ids::fresh()),
        mall: market.mall.clone(),
        member: shopper.member,
        receiver: Receiver::Recipient(Recipient {
            name: "Kim Min-ji".to_owned(),
            phone: "010-0000-0000".to_owned(),
            postal_code: "04524".to_owned(),
            address: "110 Sejong-daero, Jung-gu, Seoul".to_owned(),
        }),
        memo: None,
        items: goods.map(item).to_vec(),
        cart: None,
        redemption: Redemption::default(),
        carrier_quotes: std::collections::BTreeMap::new(),
        total: Amount::from_minor(2 * PRICE_MINOR),
        tenders: Vec::new(),
    }
}
