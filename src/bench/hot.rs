//! A SKU that everybody wants at once: how many reservations a second one aggregate takes, and how many share a commit.

use std::time::Duration;

use anyhow::{Result, ensure};
use eventstore::{Batch, Log};
use kernel::Quantity;
use kernel::id::{MerchantId, OrderId, ProductId, SkuId};
use product::Stock;
use product::stock::Command;
use product::stock::command::{Open, Receive, Reserve};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::figure::Figure;
use super::installation::context;
use super::{Installation, Timing};
use crate::app::App;
use crate::config::Config;
use crate::ids;

/// Writers side by side.
const WRITERS: [usize; 3] = [1, 64, 256];
/// How long they write.
const TURN: Duration = Duration::from_secs(3);
/// The most reservations of one writer in a turn.
const RESERVATIONS_PER_TURN: usize = 20_000;
/// More pieces than all of them can reserve.
const PIECES: u32 = 1_000_000;

pub(super) async fn run(config: &Config) -> Result<Vec<Figure>> {
    let installation = Installation::fresh(config).await?;
    let mut figures = Vec::new();
    for writers in WRITERS {
        eprintln!("hot: {writers} writers on one SKU for {TURN:?}");
        figures.extend(turn(&installation.app, writers).await?);
    }
    installation.remove().await?;
    Ok(figures)
}

#[expect(clippy::float_arithmetic, reason = "a figure, not money")]
async fn turn(app: &App, writers: usize) -> Result<[Figure; 3]> {
    let sku = open(app).await?;
    let (before, began) = (app.log.head().await?, Instant::now());
    let mut writing = JoinSet::new();
    for _ in 0..writers {
        let app = app.clone();
        writing.spawn(async move { reserve(&app, sku).await });
    }
    let mut all = Timing::default();
    while let Some(done) = writing.join_next().await {
        all.beside(done??);
    }
    let timing = all.within(began.elapsed());
    let commits = app.log.head().await?.0 - before.0;
    // A process that knows nothing finds every piece where it was promised to be.
    let stock = Log::new(app.log.store().clone()).read_latest::<Stock>(&sku).await?.state;
    let reserved = usize::try_from(stock.levels().reserved)?;
    ensure!(reserved == timing.count(), "{reserved} pieces are reserved, {} were promised", timing.count());
    let shared = f64::from(u32::try_from(timing.count())?) / f64::from(u32::try_from(commits.max(1))?);
    Ok([
        Figure::new(format!("hot.commands_per_s.c{writers}"), timing.per_second(), "commands/s"),
        Figure::new(format!("hot.p99_ms.c{writers}"), timing.percentile_ms(99), "ms"),
        Figure::new(format!("hot.commands_per_commit.c{writers}"), shared, "commands"),
    ])
}

/// A SKU with more pieces than anybody wants.
async fn open(app: &App) -> Result<SkuId> {
    let (sku, at) = (SkuId(ids::fresh()), app.clock.now());
    let (product, merchant) = (ProductId(ids::fresh()), MerchantId(ids::fresh()));
    let stocked = Batch::new()
        .create::<Stock>(&sku, Command::Open(Open { sku, product, merchant, at }))
        .with::<Stock>(&sku, Command::Receive(Receive { quantity: Quantity::new(PIECES)?, at }));
    app.log.commit(&context(app), stocked).await?;
    Ok(sku)
}

/// One writer: a piece for one order after the other.
async fn reserve(app: &App, sku: SkuId) -> Result<Timing> {
    let (mut timing, began, quantity) = (Timing::default(), Instant::now(), Quantity::new(1)?);
    while began.elapsed() < TURN && timing.count() < RESERVATIONS_PER_TURN {
        let (before, at) = (Instant::now(), app.clock.now());
        let wanted = Command::Reserve(Reserve { order: OrderId(ids::fresh()), quantity, at });
        app.log.execute::<Stock>(&context(app), &sku, wanted).await?;
        timing.took(before.elapsed());
    }
    Ok(timing)
}
