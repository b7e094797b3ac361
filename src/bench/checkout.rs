//! Paid orders through HTTP, from the cart to the payment, against everything that `serve` runs, in this process: two lines
//! each, of goods that are wanted by Zipf's law.
//!
//! The shoppers are in the same process too, so what they cost is in the figures.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use sagas::Coordinator;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::audit::{Told, audit};
use super::figure::Figure;
use super::market::{Assortment, Good, Market};
use super::shopper::Storefront;
use super::yardstick::Yardstick;
use super::zipf::Zipf;
use super::{Installation, Timing, timing};
use crate::app::App;
use crate::config::{Config, HttpConfig};
use crate::http;
use crate::workers::{self, Workers};

/// Shoppers side by side.
const SHOPPERS: [usize; 4] = [1, 8, 32, 128];
/// The most of them.
const MOST_SHOPPERS: usize = 128;
/// What they choose from.
const PRODUCTS: u32 = 10_000;
/// How often two goods are drawn until they differ.
const MOST_DRAWS: usize = 100;
/// How long shoppers buy before anything is measured, and while it is.
const WARM_UP: Duration = Duration::from_secs(2);
const MEASURED: Duration = Duration::from_secs(12);
/// The most orders of one shopper.
const ORDERS_PER_SHOPPER: usize = 2_000;
/// How long the sagas may take afterwards.
const SETTLE_LIMIT: Duration = Duration::from_secs(90);

/// An installation that is served.
struct Served {
    market: Market,
    wanted: Zipf,
    address: SocketAddr,
    coordinator: Arc<Coordinator>,
    _workers: Workers,
}

/// What some shoppers did.
#[derive(Default)]
struct Shopped {
    timing: Timing,
    told: Told,
}

pub(super) async fn run(config: &Config) -> Result<Vec<Figure>> {
    let installation = Installation::fresh(config).await?;
    let served = Arc::new(Served::start(&installation.app).await?);
    let mut told = served.shop(MOST_SHOPPERS, WARM_UP).await?.told;
    served.settle().await?;
    let mut figures = Vec::new();
    let yardstick = Yardstick::open(config).await?;
    for shoppers in SHOPPERS {
        eprintln!("checkout: {shoppers} shoppers for {MEASURED:?}");
        let raw = yardstick.publishes_per_s(shoppers).await?;
        let began = Instant::now();
        let shopped = served.shop(shoppers, MEASURED).await?;
        served.settle().await?;
        figures.extend(figured(shoppers, &shopped.timing, began.elapsed(), raw));
        told.and(shopped.told);
    }
    audit(&installation.app, &served.market, &told).await?;
    drop(served);
    yardstick.remove().await?;
    installation.remove().await?;
    Ok(figures)
}

#[expect(clippy::float_arithmetic, reason = "a figure, not money")]
fn figured(shoppers: usize, timing: &Timing, settled: Duration, raw_per_s: f64) -> [Figure; 6] {
    let named = |name: &str| format!("checkout.{name}.c{shoppers}");
    [
        Figure::new(named("paid_per_s"), timing.per_second(), "orders/s"),
        Figure::new(named("p50_ms"), timing.percentile_ms(50), "ms"),
        Figure::new(named("p99_ms"), timing.percentile_ms(99), "ms"),
        // Until the sagas have marked every order paid and asked for its shipments, too.
        Figure::new(named("settled_per_s"), timing::per_second(timing.count(), settled), "orders/s"),
        // Placed orders that the server took raw of as many writers just before.
        Figure::new(named("raw_per_s"), raw_per_s, "publishes/s"),
        Figure::new(named("paid_per_raw"), timing.per_second() / raw_per_s, "ratio"),
    ]
}

impl Served {
    /// Opens a market and starts what `serve` starts.
    async fn start(app: &App) -> Result<Self> {
        let market = Market::open(app, Assortment::of(PRODUCTS), MOST_SHOPPERS).await?;
        let mut running = Workers::new();
        workers::start_follower(app, &mut running);
        workers::start_projections(app, &mut running);
        let coordinator = workers::coordinator(app).await?;
        workers::run_coordinator(app, coordinator.clone(), &mut running);
        let listener = TcpListener::bind("127.0.0.1:0").await.context("no port is free")?;
        let address = listener.local_addr()?;
        let router = http::router(app.clone(), &HttpConfig::unlimited(address));
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        running.spawn(async move {
            if let Err(error) = axum::serve(listener, service).await {
                tracing::error!(%error, "the bench's server has stopped");
            }
        });
        let wanted = Zipf::of(PRODUCTS);
        Ok(Self { market, wanted, address, coordinator, _workers: running })
    }

    /// Lets so many shoppers buy for so long. Elapsed is the time until the last of them was answered.
    async fn shop(self: &Arc<Self>, shoppers: usize, time: Duration) -> Result<Shopped> {
        let began = Instant::now();
        let mut shopping = JoinSet::new();
        for number in 0..shoppers {
            let served = self.clone();
            shopping.spawn(async move { served.shop_alone(number, began + time).await });
        }
        let mut all = Shopped::default();
        while let Some(done) = shopping.join_next().await {
            let Shopped { timing, told } = done??;
            all.timing.beside(timing);
            all.told.and(told);
        }
        Ok(Shopped { timing: all.timing.within(began.elapsed()), told: all.told })
    }

    async fn shop_alone(&self, number: usize, until: Instant) -> Result<Shopped> {
        let mut done = Shopped::default();
        let shopper = self.market.shoppers.get(number).context("there are too few shoppers")?;
        let mut wanted = self.wanted.by(u64::try_from(number)?);
        let mut storefront = Storefront::open(self.address).await?;
        for _ in 0..ORDERS_PER_SHOPPER {
            let before = Instant::now();
            if before >= until {
                break;
            }
            let goods = self.two_goods(&mut wanted).context("there are no two goods")?;
            storefront.buy(&self.market, shopper, goods).await?;
            done.timing.took(before.elapsed());
            done.told.paid(&goods);
        }
        Ok(done)
    }

    /// Two different goods.
    fn two_goods(&self, wanted: &mut Zipf) -> Option<[Good; 2]> {
        let first = wanted.draw();
        let second =
            std::iter::repeat_with(|| wanted.draw()).take(MOST_DRAWS).find(|place| *place != first)?;
        Some([*self.market.goods.get(first)?, *self.market.goods.get(second)?])
    }

    /// Waits until the sagas have done what follows from the orders.
    async fn settle(&self) -> Result<()> {
        let settled = tokio::time::timeout(SETTLE_LIMIT, self.coordinator.quiesce()).await;
        settled.context("the sagas are not done in time")??;
        Ok(())
    }
}
