//! Loading a long aggregate: a SKU with ten thousand commits, by a process that has never met it and by one that has.

use std::sync::Arc;

use anyhow::{Result, ensure};
use eventstore::{Batch, Log};
use kernel::Quantity;
use kernel::id::{MerchantId, OrderId, ProductId, SkuId};
use product::Stock;
use product::stock::Command;
use product::stock::command::{Open, Receive, Release, Reserve};
use tokio::time::Instant;

use super::figure::Figure;
use super::installation::context;
use super::{Installation, Timing};
use crate::app::App;
use crate::config::Config;
use crate::ids;
use crate::snapshots::StoredSnapshots;

/// Commits of the aggregate.
const COMMITS: u64 = 10_000;
/// How often it is loaded each way.
const LOADS: usize = 200;
/// Loads from the first commit on, which take long.
const WHOLE_LOADS: usize = 20;

pub(super) async fn run(config: &Config) -> Result<Vec<Figure>> {
    let installation = Installation::fresh(config).await?;
    let app = &installation.app;
    let sku = SkuId(ids::fresh());
    eprintln!("load: {COMMITS} commits to one aggregate");
    fill(app, sku).await?;
    let store = app.log.store().clone();
    let snapshots = Arc::new(StoredSnapshots::new(app.pool.clone(), installation.config().prefix.clone()));
    let whole = timed(WHOLE_LOADS, || Log::new(store.clone()), sku).await?;
    let begun = timed(LOADS, || Log::new(store.clone()).with_snapshots(snapshots.clone()), sku).await?;
    let known = timed(LOADS, || app.log.clone(), sku).await?;
    installation.remove().await?;
    let figures = [("whole", whole), ("snapshot", begun), ("cached", known)].map(|(name, timing)| {
        [
            Figure::new(format!("load.{name}.p50_ms"), timing.percentile_ms(50), "ms"),
            Figure::new(format!("load.{name}.p99_ms"), timing.percentile_ms(99), "ms"),
        ]
    });
    Ok(figures.into_iter().flatten().collect())
}

/// Opens a SKU and reserves and releases it until its history is long.
async fn fill(app: &App, sku: SkuId) -> Result<()> {
    let (product, merchant) = (ProductId(ids::fresh()), MerchantId(ids::fresh()));
    let (at, quantity) = (app.clock.now(), Quantity::new(1)?);
    let opened = Batch::new()
        .create::<Stock>(&sku, Command::Open(Open { sku, product, merchant, at }))
        .with::<Stock>(&sku, Command::Receive(Receive { quantity: Quantity::new(100)?, at }));
    app.log.commit(&context(app), opened).await?;
    for _ in 0..COMMITS / 2 {
        let order = OrderId(ids::fresh());
        for command in [
            Command::Reserve(Reserve { order, quantity, at }),
            Command::Release(Release { order, quantity, at }),
        ] {
            app.log.execute::<Stock>(&context(app), &sku, command).await?;
        }
    }
    Ok(())
}

/// Loads it so many times, each time with everything that the leader has.
async fn timed(times: usize, log: impl Fn() -> Log, sku: SkuId) -> Result<Timing> {
    let mut timing = Timing::default();
    for _ in 0..times {
        let log = log();
        let before = Instant::now();
        let stock = log.read_latest::<Stock>(&sku).await?;
        timing.took(before.elapsed());
        ensure!(stock.state.available() == 100, "the stock has {} pieces", stock.state.available());
    }
    Ok(timing)
}
