//! A whole installation of its own for one test: a fresh database, a fresh log, a clock that the test moves.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta};
use clap::Parser;
use jangteo::app::App;
use jangteo::clock::VirtualClock;
use jangteo::config::Config;
use jangteo::workers::{self, Workers};
use jangteo::{ids, migrations};
use kernel::Timestamp;
use sagas::Coordinator;

/// An installation with its workers.
pub struct World {
    pub app: App,
    pub coordinator: Arc<Coordinator>,
    pub clock: Arc<VirtualClock>,
    pub config: Config,
    _workers: Workers,
}

#[derive(Parser)]
struct Options {
    #[command(flatten)]
    config: Config,
}

impl World {
    /// Starts on the servers that `scripts/test` names, with the clock standing at 2026-03-02 09:00 UTC.
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// The same, with more options on its command line.
    pub async fn start_with(more: &[&str]) -> Self {
        jangteo::telemetry::start();
        let name = format!("t{}", ids::fresh().simple());
        let url = database(&name).await;
        let needed = ["test", "--prefix", &name[..28], "--database-url", &url, "--mode", "sandbox"];
        let options = Options::parse_from(needed.iter().chain(more));
        let app = App::open(&options.config).await.unwrap();
        migrations::apply(&app.pool).await.unwrap();
        let clock = Arc::new(VirtualClock::stopped_at(start()));
        let app = app.on_clock(clock.clone());
        let mut running = Workers::new();
        workers::start_projections(&app, &mut running);
        let coordinator = workers::coordinator(&app).await.unwrap();
        workers::run_coordinator(&app, coordinator.clone(), &mut running);
        Self { app, coordinator, clock, config: options.config, _workers: running }
    }

    /// Moves the clock on and lets everything happen that follows.
    pub async fn pass(&self, days: i64) -> Timestamp {
        let now = sagas::Clock::now(&*self.clock) + TimeDelta::days(days);
        self.clock.stop_at(now).unwrap();
        self.settle().await;
        now
    }

    /// Lets everything happen that is due now.
    pub async fn settle(&self) {
        self.coordinator.quiesce().await.unwrap();
    }

    /// Waits until every read model has seen what is in the log.
    pub async fn projected(&self) {
        let head = self.app.log.head().await.unwrap();
        for name in workers::PROJECTIONS {
            let limit = std::time::Duration::from_secs(30);
            assert!(
                projections::checkpoint::wait_for(&self.app.pool, name, head, limit).await.unwrap(),
                "{name}"
            );
        }
    }
}

/// When every test begins.
pub fn start() -> Timestamp {
    DateTime::from_timestamp(1_772_442_000, 0).unwrap()
}

/// Makes a database on the server of `JANGTEO_DATABASE_URL`.
async fn database(name: &str) -> String {
    let url =
        std::env::var("JANGTEO_DATABASE_URL").expect("JANGTEO_DATABASE_URL is not set: run scripts/test");
    let server = sqlx::PgPool::connect(&url).await.unwrap();
    let create = sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"));
    sqlx::raw_sql(create).execute(&server).await.unwrap();
    let (base, _) = url.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}
