//! A house to test in: a log in memory, a database of its own, a clock that is moved, and a coordinator.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use eventstore::{
    Commit, Context, Expected, Filter, Log, Memory, Meta, Recorded, Seq, StoredEvent, StreamName, Tailed,
};
use futures::StreamExt;
use kernel::id::{CommandId, CommitId, CorrelationId};
use kernel::{Actor, Timestamp};
use sagas::process::{Instance, Process};
use sagas::{Clock, Coordinator, Points, Ports, Saga, Sagas, Timers};
use sqlx::{AssertSqlSafe, PgPool};
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::bell::{Bell, Ring, Ringer, Rung};
use crate::issuer::Notebook;

/// A clock that stands until it is moved.
#[derive(Debug)]
struct Hands(AtomicI64);

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        hour(self.0.load(Ordering::SeqCst))
    }

    fn fired_together(&self) -> chrono::TimeDelta {
        chrono::TimeDelta::zero()
    }

    fn stamp(&self, follows_from: Timestamp) -> Timestamp {
        follows_from
    }
}

/// So many hours after the beginning; with nanoseconds that a database doesn't keep.
pub(crate) fn hour(hour: i64) -> Timestamp {
    Timestamp::from_timestamp(1_800_000_000 + hour * 3_600, 123_456_789).unwrap()
}

pub(crate) fn bell(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

pub(crate) struct House {
    pub(crate) log: Log,
    pub(crate) pool: PgPool,
    pub(crate) notebook: Arc<Notebook>,
    pub(crate) points: Points,
    pub(crate) patience: Duration,
    hands: Arc<Hands>,
    database: String,
    tasks: Vec<JoinHandle<()>>,
}

const MIGRATIONS: [&str; 3] = [
    include_str!("../../../migrations/0001_projections.sql"),
    include_str!("../../../migrations/0002_coordinator.sql"),
    include_str!("../../../migrations/0007_projection_interventions.sql"),
];

impl House {
    /// An empty house at hour 0, in which the timers' read model follows.
    pub(crate) async fn new() -> Self {
        let database = format!("t_{}", Uuid::new_v4().simple());
        let server = PgPool::connect(&server()).await.unwrap();
        let create = AssertSqlSafe(format!("CREATE DATABASE {database}"));
        sqlx::raw_sql(create).execute(&server).await.unwrap();
        let pool = PgPool::connect(&database_url(&database)).await.unwrap();
        for migration in MIGRATIONS {
            sqlx::raw_sql(migration).execute(&pool).await.unwrap();
        }
        let log = Log::new(Arc::new(Memory::default()));
        let follow = tokio::spawn(projections::run::<Timers>(pool.clone(), log.clone()));
        let hands = Arc::new(Hands(AtomicI64::new(0)));
        let notebook = Arc::new(Notebook::default());
        let points = Points::default();
        let patience = Duration::ZERO;
        Self { log, pool, notebook, points, patience, hands, database, tasks: vec![follow] }
    }

    /// Starts a coordinator at its checkpoint.
    pub(crate) async fn start(&mut self) -> Arc<Coordinator> {
        self.start_as::<Ringer>().await
    }

    /// Stops every coordinator and starts one of another release.
    pub(crate) async fn start_as<S: Saga>(&mut self) -> Arc<Coordinator> {
        self.stop().await;
        self.start_beside::<S>().await
    }

    /// Starts one beside those that run, at the checkpoint.
    pub(crate) async fn start_beside<S: Saga>(&mut self) -> Arc<Coordinator> {
        let ports = Ports {
            log: Log::new(self.log.store().clone()),
            pool: self.pool.clone(),
            issuer: self.notebook.clone(),
            clock: self.hands.clone(),
            points: self.points.clone(),
            patience: self.patience,
        };
        let coordinator = Coordinator::start(ports, Sagas::default().with::<S>()).await.unwrap();
        let running = coordinator.clone();
        self.tasks.push(tokio::spawn(async move { running.run().await.unwrap() }));
        coordinator
    }

    /// Stops every coordinator and starts one that knows nothing of what was done.
    pub(crate) async fn start_from_0(&mut self) -> Arc<Coordinator> {
        self.stop().await;
        sqlx::query("DELETE FROM coordinator_checkpoint").execute(&self.pool).await.unwrap();
        self.start().await
    }

    /// Stops every coordinator, and waits until it has: one that is at work still saves its checkpoint.
    pub(crate) async fn stop(&mut self) {
        for task in self.tasks.drain(1..) {
            task.abort();
            let _ = task.await;
        }
    }

    /// Appends an event as another release would have written it.
    pub(crate) async fn append(&self, stream: StreamName, (name, data): (&str, serde_json::Value)) -> Seq {
        let store = self.log.store();
        let last = store.load_latest(&stream, Seq(0)).await.unwrap().last().map_or(Seq(0), |last| last.seq);
        let event = StoredEvent {
            name: name.to_owned(),
            version: 1,
            data: serde_json::value::to_raw_value(&data).unwrap(),
        };
        let id = CommitId(Uuid::new_v4());
        let commit = Commit::new(stream, Expected::after(last), id, Meta::from(&self.context()));
        store.append(commit.with_events(vec![event])).await.unwrap().seq()
    }

    /// Rings a bell in one commit, at the clock's hour.
    pub(crate) async fn ring(&self, number: u128, rings: &[Ring]) -> Seq {
        let rung = |ring: &Ring| Rung { bell: bell(number), ring: *ring };
        let rung = rings.iter().map(rung).collect();
        self.log.execute::<Bell>(&self.context(), &bell(number), rung).await.unwrap().position
    }

    pub(crate) fn context(&self) -> Context {
        let id = Uuid::new_v4();
        Context {
            command_id: CommandId(id),
            correlation_id: CorrelationId(id),
            causation: None,
            actor: Actor::Guest,
            at: self.hands.now(),
            request: None,
        }
    }

    pub(crate) fn move_clock_to(&self, hour: i64) {
        self.hands.0.store(hour, Ordering::SeqCst);
    }

    /// A bell's instance, as the log has it.
    pub(crate) async fn instance(&self, number: u128) -> Arc<Instance<Ringer>> {
        self.log.read_latest::<Process<Ringer>>(&bell(number)).await.unwrap().state
    }

    /// Every commit so far.
    pub(crate) async fn commits(&self) -> Vec<Recorded> {
        let head = self.log.head().await.unwrap();
        let tail = self.log.tail(Seq(0), Filter::All).await.unwrap();
        let count = usize::try_from(head.0).unwrap();
        let commit = |step| async move {
            match step {
                Ok(Tailed::Commit(recorded)) => Some(Arc::unwrap_or_clone(recorded)),
                Ok(Tailed::Passed(_)) | Err(_) => None,
            }
        };
        tail.take(count).filter_map(commit).collect().await
    }

    /// Ends the tasks and takes the database away.
    pub(crate) async fn close(self) {
        for task in &self.tasks {
            task.abort();
        }
        self.pool.close().await;
        let server = PgPool::connect(&server()).await.unwrap();
        let drop = AssertSqlSafe(format!("DROP DATABASE {} WITH (FORCE)", self.database));
        sqlx::raw_sql(drop).execute(&server).await.unwrap();
    }
}

fn server() -> String {
    std::env::var("JANGTEO_DATABASE_URL").expect("JANGTEO_DATABASE_URL is not set: run scripts/test")
}

fn database_url(name: &str) -> String {
    let server = server();
    let (base, _) = server.rsplit_once('/').expect("a database's URL ends with its name");
    format!("{base}/{name}")
}
