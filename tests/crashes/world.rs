//! A market of its own for each run, and the processes that follow one another in it.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta};
use clap::Parser;
use eventstore::{EventStore, Log, Memory, Seq};
use jangteo::app::{App, Parts};
use jangteo::clock::VirtualClock;
use jangteo::config::Config;
use jangteo::gateways::sandbox_bank::SandboxBank;
use jangteo::gateways::sandbox_payment::{SandboxGateway, Settings};
use jangteo::positions::Positions;
use jangteo::vault::Vault;
use jangteo::{ids, migrations};
use kernel::Timestamp;
use projections::{Projection, checkpoint};
use sagas::{Clock, Coordinator, Points, Ports, Timers, every_saga};
use sqlx::PgPool;
use tokio::task::JoinHandle;

use crate::database::Database;
use crate::killer::{End, Killer, Life};
use crate::mood::{Mood, Moods, Moody};

/// How long anything is waited for that must come.
const LIMIT: Duration = Duration::from_secs(30);

#[derive(Parser)]
struct Options {
    #[command(flatten)]
    config: Config,
}

/// What every run of a journey begins with.
pub struct Beginning {
    app: App,
    store: Memory,
    database: Database,
}

/// An application over a log and a database.
pub struct World {
    pub app: App,
    pub clock: Arc<VirtualClock>,
}

/// One run of a journey.
pub struct Run {
    pub world: World,
    pub moods: Moods,
    pub killer: Arc<Killer>,
    store: Arc<Memory>,
    database: Database,
    process: Option<Process>,
    timers: JoinHandle<()>,
}

/// A process that coordinates.
struct Process {
    coordinator: Arc<Coordinator>,
    life: Arc<Life>,
    running: JoinHandle<()>,
}

/// When every run begins.
fn start() -> Timestamp {
    DateTime::from_timestamp(1_772_442_000, 0).unwrap()
}

impl Beginning {
    /// Makes it by hand, before any saga runs.
    pub async fn made_by(make: impl AsyncFnOnce(&World)) -> Self {
        let database = Database::empty().await;
        let name = format!("c{}", ids::fresh().simple());
        let url = database.url();
        let arguments = ["test", "--prefix", &name[..28], "--database-url", &url, "--mode", "sandbox"];
        let app = App::open(&Options::parse_from(arguments).config).await.unwrap();
        migrations::apply(&app.pool).await.unwrap();
        let store = Arc::new(Memory::default());
        let world = World::over(&app, app.pool.clone(), store.clone());
        make(&world).await;
        let timers = tokio::spawn(projections::run::<Timers>(app.pool.clone(), world.app.log.clone()));
        let head = world.app.log.head().await.unwrap();
        assert!(checkpoint::wait_for(&app.pool, Timers::NAME, head, LIMIT).await.unwrap());
        timers.abort();
        let _ = timers.await;
        app.pool.close().await;
        app.projection_pool.close().await;
        Self { store: store.copy(), app, database }
    }

    /// A run, whose process ends where it is to.
    pub async fn run(&self, saga: &'static str, end: Option<End>) -> Run {
        let database = self.database.copy().await;
        let pool = database.connect().await;
        let store = Arc::new(self.store.copy());
        let world = World::over(&self.app, pool.clone(), store.clone());
        let timers = tokio::spawn(projections::run::<Timers>(pool, world.app.log.clone()));
        let (moods, killer) = (Moods::towards(saga), Arc::new(Killer::new(end)));
        Run { world, moods, killer, store, database, process: None, timers }
    }

    /// The application as it begins, for those who put a log of their own beneath it.
    pub const fn app(&self) -> &App {
        &self.app
    }

    /// The log as it begins.
    pub fn log(&self) -> Memory {
        self.store.copy()
    }

    /// Where it ends then.
    pub async fn log_head(&self) -> Seq {
        self.store.head().await.unwrap()
    }

    pub async fn remove(self) {
        self.database.remove().await;
    }
}

impl World {
    fn over(base: &App, pool: PgPool, store: Arc<Memory>) -> Self {
        let clock = Arc::new(VirtualClock::stopped_at(start()));
        let log = Log::new(store);
        let settings = Settings { late_after: Duration::from_secs(2), webhooks: None };
        let gateway = Arc::new(SandboxGateway::new(pool.clone(), settings));
        let app = base.clone().with(|parts| {
            *parts = Parts {
                positions: Positions::new(log.clone(), pool.clone()),
                log,
                clock: clock.clone(),
                vault: Arc::new(Vault::new(pool.clone())),
                gateway: gateway.clone(),
                sandbox_gateway: gateway,
                bank: Arc::new(SandboxBank::new(pool.clone())),
                projection_pool: pool.clone(),
                pool,
                ..parts.clone()
            };
        });
        Self { app, clock }
    }
}

impl Run {
    /// Whom callers reach: a process of its own, that knows only what is in the log.
    pub fn api(&self) -> App {
        self.world.app.clone().with(|parts| parts.log = Log::new(self.store.clone()))
    }

    /// Moves the clock on and lets everything happen that follows.
    pub async fn pass(&mut self, span: TimeDelta) {
        self.world.clock.stop_at(self.world.clock.now() + span).unwrap();
        self.settle().await;
    }

    /// Moves the clock on and waits for nothing.
    pub async fn leap(&mut self, span: TimeDelta) {
        self.coordinator().await;
        self.world.clock.stop_at(self.world.clock.now() + span).unwrap();
    }

    /// Lets everything happen that is due now, through any end of a process. Where a command waits because nobody
    /// answers, it is refused next and parked; then an operator has it tried again, and all goes well.
    pub async fn settle(&mut self) {
        self.quiet().await;
        if self.moods.mood() == Mood::Away && self.waits().await {
            self.moods.set(Mood::Unheard);
            self.world.clock.stop_at(self.world.clock.now() + TimeDelta::hours(1)).unwrap();
            self.quiet().await;
            self.moods.set(Mood::Willing);
            self.operator_retries().await;
            self.quiet().await;
        }
    }

    async fn quiet(&mut self) {
        self.through(async |coordinator| coordinator.quiesce().await.unwrap()).await;
    }

    /// Whether a command of the saga waits for its time.
    async fn waits(&self) -> bool {
        let count = "SELECT count(*) FROM saga_timer WHERE saga = $1 AND timer LIKE '{\"try_again%'";
        let count = sqlx::query_scalar::<_, i64>(count).bind(self.moods.saga());
        count.fetch_one(&self.world.app.pool).await.unwrap() > 0
    }

    async fn operator_retries(&mut self) {
        let parked =
            sqlx::query_as::<_, (String, String)>("SELECT key, command FROM saga_parked WHERE saga = $1");
        let saga = self.moods.saga();
        let parked = parked.bind(saga).fetch_all(&self.world.app.pool).await.unwrap();
        assert!(!parked.is_empty(), "nothing of {saga} is parked");
        for (key, command) in parked {
            let retry =
                async |coordinator: Arc<Coordinator>| coordinator.retry(saga, &key, &command, "again").await;
            self.through(retry).await.unwrap();
        }
    }

    /// Does something with the process, and once more with the next where it ends meanwhile.
    pub async fn through<T>(&mut self, work: impl AsyncFn(Arc<Coordinator>) -> T) -> T {
        loop {
            let killer = self.killer.clone();
            let coordinator = tokio::select! {
                coordinator = self.coordinator() => Some(coordinator),
                () = killer.fell() => None,
            };
            if let Some(coordinator) = coordinator {
                let done = tokio::select! {
                    done = work(coordinator) => Some(done),
                    () = killer.fell() => None,
                };
                if let Some(done) = done {
                    return done;
                }
            }
            self.end().await;
        }
    }

    /// Waits for the end that was asked for, where the journey didn't come to it by itself, and goes on behind it.
    pub async fn come_to_an_end(&mut self) {
        self.settle().await;
        if !self.killer.struck() {
            let killer = self.killer.clone();
            tokio::time::timeout(LIMIT, killer.fell()).await.expect("the process never came to this point");
            self.end().await;
            self.settle().await;
        }
    }

    /// The process that runs; the next one, where it has ended.
    async fn coordinator(&mut self) -> Arc<Coordinator> {
        if let Some(process) = &self.process {
            return process.coordinator.clone();
        }
        let app = self.api();
        let life = Arc::new(Life::under(self.killer.clone()));
        let ports = Ports {
            log: app.log.clone(),
            pool: app.pool.clone(),
            clock: app.clock.clone(),
            points: Points::watched_by(life.clone()),
            // What is told in one go depends on time; a journey is to pass the same points each time.
            patience: Duration::ZERO,
            issuer: Arc::new(Moody { app, moods: self.moods.clone() }),
        };
        let coordinator = Coordinator::start(ports, every_saga()).await.unwrap();
        let runs = coordinator.clone();
        let running = tokio::spawn(async move { runs.run().await.unwrap() });
        self.process = Some(Process { coordinator: coordinator.clone(), life, running });
        coordinator
    }

    /// Ends the process and everything that it holds in memory.
    async fn end(&mut self) {
        if let Some(Process { coordinator, life, running }) = self.process.take() {
            life.ends();
            running.abort();
            let ended = running.await;
            assert!(ended.is_err_and(|error| error.is_cancelled()), "it ran until now");
            drop(coordinator);
        }
    }

    /// Takes everything away.
    pub async fn close(mut self) {
        self.end().await;
        self.timers.abort();
        self.world.app.pool.close().await;
        self.database.remove().await;
    }
}
