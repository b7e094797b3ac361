//! A flash sale: one SKU of a thousand pieces, twenty times as many wishes at once, over two API processes.
//!
//! Of the first thousand buyers every tenth never pays. Their time runs out, their pieces come back and are sold to who still
//! wants one: at the end exactly what there was is sold, and no order that ended keeps a piece.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use chrono::TimeDelta;
use eventstore::Log;
use order::Order;
use order::state::Phase;
use product::Stock;
use sagas::Coordinator;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::api_process::ApiProcess;
use super::figure::Figure;
use super::market::{Assortment, Market, Shopper, arrive};
use super::shopper::{Attempt, Storefront};
use super::{Installation, Timing};
use crate::app::App;
use crate::config::{Config, Mode};
use crate::workers::{self, Workers};

/// What there is.
const PIECES: u32 = 1_000;
/// How often somebody tries to buy one.
const ATTEMPTS: usize = 20_000;
/// How often after the unpaid pieces came back.
const LATE_ATTEMPTS: usize = 2_000;
/// Shoppers side by side.
const SHOPPERS: usize = 256;
/// API processes.
const PROCESSES: usize = 2;
/// Of so many buyers one never pays.
const ONE_WALKS_AWAY_OF: usize = 10;
/// Longer than an order waits for its payment.
const PAST_DUE: TimeDelta = TimeDelta::hours(2);
/// How long the sagas may take.
const SETTLE_LIMIT: Duration = Duration::from_secs(90);

/// A sale under way.
struct Sale {
    market: Market,
    apis: Vec<ApiProcess>,
    tried: AtomicUsize,
    placed: AtomicUsize,
}

/// What some shoppers met with.
#[derive(Default)]
struct Rush {
    timing: Timing,
    paid: usize,
    sold_out: usize,
    errors_5xx: usize,
}

/// How it stands at the end.
struct Outcome {
    sold: u32,
    stuck: u32,
    oversold: u32,
}

pub(super) async fn run(config: &Config) -> Result<Vec<Figure>> {
    let sandbox = Config { mode: Mode::Sandbox, ..config.clone() };
    let installation = Installation::fresh(&sandbox).await?;
    let app = &installation.app;
    let market = Market::open(app, Assortment::scarce(PIECES), SHOPPERS).await?;
    let mut running = Workers::new();
    workers::start_follower(app, &mut running);
    workers::start_projections(app, &mut running);
    let coordinator = workers::coordinator(app).await?;
    workers::run_coordinator(app, coordinator.clone(), &mut running);
    let mut apis = Vec::new();
    for _ in 0..PROCESSES {
        apis.push(ApiProcess::start(installation.config()).await?);
    }
    let sale = Sale { market, apis, tried: AtomicUsize::new(0), placed: AtomicUsize::new(0) };
    let (rush, late, outcome) = Arc::new(sale).hold(app, &coordinator).await?;
    drop(running);
    installation.remove().await?;
    ensure!(outcome.sold + outcome.stuck <= PIECES, "{} pieces were sold of {PIECES}", outcome.sold);
    Ok(figures(&rush, &late, &outcome))
}

fn figures(rush: &Rush, late: &Rush, outcome: &Outcome) -> Vec<Figure> {
    let named = |name: &str| format!("flash_sale.{name}");
    let count = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    vec![
        Figure::new(named("sold"), f64::from(outcome.sold), "pieces"),
        Figure::new(named("oversold"), f64::from(outcome.oversold), "pieces"),
        Figure::new(named("stuck_holds"), f64::from(outcome.stuck), "pieces"),
        Figure::new(named("attempts_per_s"), rush.timing.per_second(), "attempts/s"),
        Figure::new(named("p50_ms"), rush.timing.percentile_ms(50), "ms"),
        Figure::new(named("p99_ms"), rush.timing.percentile_ms(99), "ms"),
        Figure::new(named("sold_out"), count(rush.sold_out + late.sold_out), "answers"),
        Figure::new(named("errors_5xx"), count(rush.errors_5xx + late.errors_5xx), "answers"),
    ]
}

impl Sale {
    /// The rush, the expiry of what nobody paid, and those who come back for it.
    async fn hold(self: Arc<Self>, app: &App, coordinator: &Coordinator) -> Result<(Rush, Rush, Outcome)> {
        eprintln!("flash-sale: {SHOPPERS} shoppers try {ATTEMPTS} times to buy one of {PIECES} pieces");
        let shoppers = self.market.shoppers.clone();
        let rush = self.clone().rush(&shoppers, ATTEMPTS, ONE_WALKS_AWAY_OF).await?;
        settle(coordinator).await?;
        let clock = app.virtual_clock.as_ref().context("a sandbox has a clock to move")?;
        clock.advance(PAST_DUE).await?;
        settle(coordinator).await?;
        // Those who come now have just logged in: hours have passed.
        let shoppers = arrive(app, SHOPPERS..2 * SHOPPERS).await?;
        self.tried.store(0, Ordering::Relaxed);
        let late = self.clone().rush(&shoppers, LATE_ATTEMPTS, usize::MAX).await?;
        settle(coordinator).await?;
        let outcome = self.outcome(app, rush.paid + late.paid).await?;
        Ok((rush, late, outcome))
    }

    async fn rush(
        self: Arc<Self>,
        shoppers: &[Shopper],
        attempts: usize,
        one_walks_of: usize,
    ) -> Result<Rush> {
        let began = Instant::now();
        let mut shopping = JoinSet::new();
        for (number, shopper) in shoppers.iter().cloned().enumerate() {
            let sale = self.clone();
            shopping.spawn(async move { sale.shop((number, shopper), attempts, one_walks_of).await });
        }
        let mut all = Rush::default();
        while let Some(done) = shopping.join_next().await {
            let Rush { timing, paid, sold_out, errors_5xx } = done??;
            all.timing.beside(timing);
            all.paid += paid;
            all.sold_out += sold_out;
            all.errors_5xx += errors_5xx;
        }
        Ok(Rush { timing: all.timing.within(began.elapsed()), ..all })
    }

    /// One shopper tries until nobody may try any more.
    async fn shop(
        &self,
        (number, shopper): (usize, Shopper),
        attempts: usize,
        one_walks_of: usize,
    ) -> Result<Rush> {
        let mut met = Rush::default();
        let api = self.apis.get(number % PROCESSES).context("there is no API")?;
        let good = *self.market.goods.first().context("there are no goods")?;
        let mut storefront = Storefront::open(api.address).await?;
        while self.tried.fetch_add(1, Ordering::Relaxed) < attempts {
            let before = Instant::now();
            let attempt = storefront.order(&self.market, &shopper, good).await?;
            met.timing.took(before.elapsed());
            match attempt {
                Attempt::Placed(_)
                    if self.placed.fetch_add(1, Ordering::Relaxed).is_multiple_of(one_walks_of) => {}
                Attempt::Placed(placed) => {
                    storefront.pay(&shopper, &placed).await?;
                    met.paid += 1;
                }
                Attempt::SoldOut => met.sold_out += 1,
                Attempt::Failed(status, _) if status.is_server_error() => met.errors_5xx += 1,
                Attempt::Failed(status, text) => anyhow::bail!("an order was answered with {status}: {text}"),
            }
        }
        Ok(met)
    }

    /// What a process that knows nothing finds in the log.
    async fn outcome(&self, app: &App, paid: usize) -> Result<Outcome> {
        let good = self.market.goods.first().context("there are no goods")?;
        let log = Log::new(app.log.store().clone());
        let stock = log.read_latest::<Stock>(&good.sku).await?.state;
        let (mut sold, mut left) = (0, 0);
        for (order, pieces) in stock.reservations() {
            let phase = log.read_latest::<Order>(&order).await?.state.phase();
            *(if phase == Phase::Paid { &mut sold } else { &mut left }) += pieces;
        }
        ensure!(
            usize::try_from(sold)? == paid,
            "{sold} pieces are kept for paid orders, but {paid} were paid"
        );
        Ok(Outcome { sold, stuck: left, oversold: sold.saturating_sub(PIECES) })
    }
}

async fn settle(coordinator: &Coordinator) -> Result<()> {
    let settled = tokio::time::timeout(SETTLE_LIMIT, coordinator.quiesce()).await;
    settled.context("the sagas are not done in time")??;
    Ok(())
}
