//! Forty days of a small market in one move of the clock: everything that was bought confirms itself, is settled and paid
//! out.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use chrono::TimeDelta;
use eventstore::Filter;
use kernel::id::{OrderId, PaymentId};
use kernel::{Amount, Quantity, Text};
use order::value::Source;
use sagas::{Clock, Coordinator};
use settlement::Statement;
use shipping::Shipment;
use shipping::shipment::Command;
use shipping::shipment::command::{Dispatch, Track};
use shipping::shipment::value::ScanStatus;
use tokio::time::Instant;

use super::Installation;
use super::figure::Figure;
use super::installation::context;
use super::market::{Assortment, Market, PRICE_MINOR};
use super::walk::walk;
use crate::app::App;
use crate::clock::VirtualClock;
use crate::config::Config;
use crate::ids;
use crate::service::checkout::Checkout;
use crate::service::fulfilment::shipment_id;
use crate::service::payments::Paying;
use crate::service::personal::Recipient;
use crate::service::quoting::Item;
use crate::service::redemption::Redemption;
use crate::workers::{self, Workers};

/// Orders, each bought a minute after the one before.
const ORDERS: usize = 100;
/// What they are of.
const PRODUCTS: u32 = 400;

pub(super) async fn run(config: &Config) -> Result<Vec<Figure>> {
    let installation = Installation::fresh(config).await?;
    let clock = Arc::new(VirtualClock::stopped_at(installation.app.clock.now()));
    let app = installation.app.clone().on_clock(clock.clone());
    let market = Market::open(&app, Assortment::of(PRODUCTS), 1).await?;
    let mut running = Workers::new();
    workers::start_projections(&app, &mut running);
    let coordinator = workers::coordinator(&app).await?;
    workers::run_coordinator(&app, coordinator.clone(), &mut running);
    eprintln!("clock: {ORDERS} orders are bought and delivered");
    for turn in 0..ORDERS {
        let order = buy(&app, &market, turn).await?;
        coordinator.quiesce().await?;
        deliver(&app, &coordinator, order).await?;
        clock.stop_at(clock.now() + TimeDelta::minutes(1))?;
    }
    eprintln!("clock: forty days pass");
    let began = Instant::now();
    clock.stop_at(clock.now() + TimeDelta::days(40))?;
    coordinator.quiesce().await?;
    let seconds = began.elapsed().as_secs_f64();
    running.shutdown().await;
    ensure!(paid_out(&app).await? > 0, "no statement was paid out");
    installation.remove().await?;
    Ok(vec![Figure::new("clock.forty_days_s", seconds, "s")])
}

async fn buy(app: &App, market: &Market, turn: usize) -> Result<OrderId> {
    let (order, payment) = (OrderId(ids::fresh()), PaymentId(ids::fresh()));
    let shopper = market.shoppers.first().context("a market has a shopper")?;
    let [good, _] = market.two_goods(turn).context("a market has goods")?;
    let recipient = Recipient {
        name: "Kim".to_owned(),
        phone: "010-0000-0000".to_owned(),
        postal_code: "04524".to_owned(),
        address: "Seoul".to_owned(),
    };
    let item = Item { product: good.product, sku: good.sku, quantity: Quantity::ONE, source: Source::Direct };
    let wish = Checkout {
        order,
        payment,
        mall: market.mall.clone(),
        member: shopper.member,
        receiver: recipient.into(),
        memo: None,
        items: vec![item],
        cart: None,
        redemption: Redemption::default(),
        carrier_quotes: BTreeMap::new(),
        total: Amount::from_minor(PRICE_MINOR),
        tenders: Vec::new(),
    };
    app.checkout(&context(app), wish).await?;
    let paid = app.pay(&context(app), payment, "ok".to_owned()).await?;
    ensure!(matches!(paid, Paying::Captured(_)), "the sandbox gateway took no money: {paid:?}");
    Ok(order)
}

async fn deliver(app: &App, coordinator: &Coordinator, order: OrderId) -> Result<()> {
    let (shipment, at) = (shipment_id(order, 1, None), app.clock.now());
    let (carrier, tracking_number) = (Text::new("cj")?, Text::new("1")?);
    let track = Track { scan: Text::new("1")?, status: ScanStatus::Delivered, occurred_at: at, at };
    let steps = [Command::Dispatch(Dispatch { carrier, tracking_number, at }), Command::Track(track)];
    for step in steps {
        app.log.execute::<Shipment>(&context(app), &shipment, step).await?;
        coordinator.quiesce().await?;
    }
    Ok(())
}

/// How many statements were paid out.
async fn paid_out(app: &App) -> Result<usize> {
    let mut paid = 0;
    walk(&app.log, Filter::Contexts(&["settlement"]), |recorded| {
        let events = recorded.events_of::<Statement>()?.unwrap_or_default();
        paid += events.iter().filter(|event| matches!(event, settlement::Event::Paid(_))).count();
        Ok(())
    })
    .await?;
    Ok(paid)
}
