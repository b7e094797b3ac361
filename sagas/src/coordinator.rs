//! The coordinator: every saga, the engine that feeds them, and the timers.

use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::TimeDelta;
use eventstore::{CommandError, Log, ReadError, Seq};
use kernel::Timestamp;
use kernel::id::CorrelationId;
use projections::{Build, Projection, ProjectionError, checkpoint};
use sqlx::PgPool;
use tokio::sync::{Mutex, watch};

use crate::deliver::Deliverer;
use crate::delivery::{Delivery, Why};
use crate::issuer::{IssueError, Issuer};
use crate::runner::{Engine, Routed, Router};
use crate::saga::later;
use crate::timers::{Timers, TryAgain};
use crate::{Clock, Saga};

/// How often the checkpoint is saved and due timers are looked for.
const TICK: Duration = Duration::from_millis(200);
/// Timers fired per look.
const TIMERS_PER_LOOK: i64 = 1_000;
/// Timers this close are fired in one go. Where more time passes at once (a virtual clock, an outage), what follows from
/// the earlier ones happens before the later ones fire.
const FIRED_TOGETHER: TimeDelta = TimeDelta::hours(1);
/// How long the read model of timers is waited for.
const TIMERS_LIMIT: Duration = Duration::from_mins(1);
/// The checkpoint's name.
const CHECKPOINT: &str = "coordinator";

/// Why the coordinator had to stop; it starts again from its checkpoint.
#[derive(Debug, thiserror::Error)]
pub enum CoordinatorError {
    /// The log can't be read, or holds an event unknown to this release.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// PostgreSQL refused or can't be reached.
    #[error("the coordinator's database: {0}")]
    Database(#[from] sqlx::Error),
    /// The read model of timers can't be made.
    #[error(transparent)]
    Projection(#[from] ProjectionError),
    /// The coordinator has stopped; what waits for it must not wait for ever.
    #[error("the coordinator has stopped")]
    Stopped,
    /// The read model of timers doesn't follow.
    #[error("the timers are not up to date: their projection stands still")]
    TimersBehind,
}

/// What the coordinator needs of the outside.
#[derive(Clone)]
pub struct Ports {
    /// The log.
    pub log: Log,
    /// The database of the read models.
    pub pool: PgPool,
    /// The way to the aggregates and the gateways.
    pub issuer: Arc<dyn Issuer>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for Ports {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ports").finish_non_exhaustive()
    }
}

/// Drives every saga.
pub struct Coordinator {
    ports: Ports,
    deliverer: Arc<Deliverer>,
    engine: Arc<Engine>,
    from: Seq,
    sagas: BTreeMap<&'static str, Box<dyn Entrance>>,
    /// Whose turn it is to fire timers in this process.
    firing: Mutex<()>,
    /// Whether it has stopped following the log.
    stopped: watch::Sender<bool>,
}

impl std::fmt::Debug for Coordinator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Coordinator").field("sagas", &self.sagas.keys()).finish_non_exhaustive()
    }
}

/// A saga's ways in, other than the log.
#[async_trait]
trait Entrance: Send + Sync {
    fn timer(&self, key: &str, timer: &str, due_at: Timestamp, why: Why) -> Option<Delivery>;
    async fn retry(
        &self,
        deliverer: &Deliverer,
        key: &str,
        part: &str,
        reason: &str,
    ) -> Result<bool, IssueError>;
}

struct Door<S>(PhantomData<S>);

#[async_trait]
impl<S: Saga> Entrance for Door<S> {
    fn timer(&self, key: &str, timer: &str, due_at: Timestamp, why: Why) -> Option<Delivery> {
        let key = key.parse().ok()?;
        match TryAgain::read(timer) {
            Some(part) => Some(Delivery::again::<S>(key, part, due_at, why)),
            None => Delivery::timer::<S>(key, timer, due_at, why).ok(),
        }
    }

    async fn retry(
        &self,
        deliverer: &Deliverer,
        key: &str,
        part: &str,
        reason: &str,
    ) -> Result<bool, IssueError> {
        match key.parse() {
            Ok(key) => deliverer.retry::<S>(&key, part, reason).await,
            Err(_) => Ok(false),
        }
    }
}

/// Collects the sagas that a coordinator drives.
#[derive(Default)]
pub struct Sagas {
    routers: Vec<Box<dyn Router>>,
    entrances: BTreeMap<&'static str, Box<dyn Entrance>>,
}

impl std::fmt::Debug for Sagas {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Sagas").field(&self.entrances.keys()).finish()
    }
}

impl Sagas {
    /// Adds a saga.
    #[must_use]
    pub fn with<S: Saga>(mut self) -> Self {
        self.routers.push(Box::new(Routed::<S>(PhantomData)));
        self.entrances.insert(S::NAME, Box::new(Door::<S>(PhantomData)));
        self
    }

    /// Their names.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.entrances.keys().copied()
    }
}

impl Coordinator {
    /// Starts the lanes at the saved checkpoint; [`Self::run`] feeds them.
    pub async fn start(ports: Ports, sagas: Sagas) -> Result<Arc<Self>, CoordinatorError> {
        Build::current::<Timers>(&ports.pool).await?;
        let from = saved(&ports.pool).await?;
        let Ports { log, issuer, clock, .. } = ports.clone();
        let deliverer = Arc::new(Deliverer::new(log, issuer, clock));
        let engine = Engine::start(sagas.routers, &deliverer, from);
        let firing = Mutex::new(());
        Ok(Arc::new(Self {
            ports,
            deliverer,
            engine,
            from,
            sagas: sagas.entrances,
            firing,
            stopped: watch::Sender::new(false),
        }))
    }

    /// Follows the log and fires timers until something fails.
    pub async fn run(&self) -> Result<(), CoordinatorError> {
        let ended = tokio::select! {
            followed = self.engine.follow(&self.ports.log, self.from) => followed.map_err(Into::into),
            ticked = self.tick() => ticked,
        };
        self.stopped.send_replace(true);
        ended
    }

    async fn tick(&self) -> Result<(), CoordinatorError> {
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut kept = self.from;
        loop {
            ticks.tick().await;
            let done = *self.engine.done().borrow();
            if done > kept {
                save(&self.ports.pool, done).await?;
                kept = done;
            }
            // Whoever waits for quiet fires them in order.
            if let Ok(_turn) = self.firing.try_lock() {
                self.fire(self.ports.clock.now(), FIRED_TOGETHER).await?;
            }
        }
    }

    /// Fires the earliest timers that are due, in their order; says how many led to a step.
    pub async fn fire_due(&self, now: Timestamp) -> Result<usize, CoordinatorError> {
        let _turn = self.firing.lock().await;
        self.fire(now, FIRED_TOGETHER).await
    }

    async fn fire(&self, now: Timestamp, within: TimeDelta) -> Result<usize, CoordinatorError> {
        let due = self.due(now).await?;
        let Some((first, _)) = due.first() else { return Ok(0) };
        let horizon = later(*first, within);
        let together = due.into_iter().take_while(|(due_at, _)| *due_at <= horizon);
        let stepped = self.engine.fire(together.map(|(_, delivery)| delivery).collect()).await;
        self.timers_follow().await?;
        Ok(stepped)
    }

    /// The timers that are due, the earliest first. One that this release can't read is left and said.
    async fn due(&self, now: Timestamp) -> Result<Vec<(Timestamp, Delivery)>, CoordinatorError> {
        let sagas: Vec<String> = self.sagas.keys().map(|&saga| saga.to_owned()).collect();
        let rows = sqlx::query!(
            "SELECT saga, key, timer, due_at, correlation_id FROM saga_timer
             WHERE due_at <= $1 AND saga = ANY($2) ORDER BY due_at, saga, key, timer LIMIT $3",
            now,
            &sagas,
            TIMERS_PER_LOOK
        )
        .fetch_all(&self.ports.pool)
        .await?;
        let deliveries = rows.into_iter().filter_map(|row| {
            let why = Why { causation: None, correlation: CorrelationId(row.correlation_id), command: None };
            let delivery = self.sagas.get(row.saga.as_str())?.timer(&row.key, &row.timer, row.due_at, why);
            if delivery.is_none() {
                tracing::error!(saga = row.saga, key = row.key, timer = row.timer, "a timer can't be read");
            }
            Some((row.due_at, delivery?))
        });
        Ok(deliveries.collect())
    }

    /// Waits until nothing is left to do at this time: every input handled, every due timer fired.
    pub async fn quiesce(&self) -> Result<Seq, CoordinatorError> {
        self.quiesce_firing(FIRED_TOGETHER).await
    }

    /// The same, firing timers in one go that are due within so much time: for who moves the clock and knows that
    /// nothing due in that time depends on what follows from something else due in it.
    pub async fn quiesce_firing(&self, within: TimeDelta) -> Result<Seq, CoordinatorError> {
        let _turn = self.firing.lock().await;
        let mut done = self.engine.done();
        let mut stopped = self.stopped.subscribe();
        loop {
            let head = self.ports.log.head().await?;
            tokio::select! {
                _ = done.wait_for(|done| *done >= head) => {}
                _ = stopped.wait_for(|stopped| *stopped) => return Err(CoordinatorError::Stopped),
            }
            self.timers_follow().await?;
            let fired = self.fire(self.ports.clock.now(), within).await?;
            if fired == 0 && self.ports.log.head().await? == head {
                return Ok(head);
            }
        }
    }

    /// Waits for the read model of timers to have seen everything up to now.
    async fn timers_follow(&self) -> Result<(), CoordinatorError> {
        let head = self.ports.log.head().await?;
        if checkpoint::wait_for(&self.ports.pool, Timers::NAME, head, TIMERS_LIMIT).await? {
            Ok(())
        } else {
            Err(CoordinatorError::TimersBehind)
        }
    }

    /// Tries a parked command again; `false` where there is none of that name. It goes to its end whether or not the
    /// caller waits for it.
    pub async fn retry(
        self: &Arc<Self>,
        saga: &str,
        key: &str,
        command: &str,
        reason: &str,
    ) -> Result<bool, IssueError> {
        let (this, saga, key) = (self.clone(), saga.to_owned(), key.to_owned());
        let (command, reason) = (command.to_owned(), reason.to_owned());
        let retried = tokio::spawn(async move {
            match this.sagas.get(saga.as_str()) {
                Some(entrance) => entrance.retry(&this.deliverer, &key, &command, &reason).await,
                None => Ok(false),
            }
        });
        retried.await.unwrap_or_else(|cut_off| Err(IssueError::Outside(cut_off.to_string())))
    }
}

async fn saved(pool: &PgPool) -> Result<Seq, CoordinatorError> {
    let position =
        sqlx::query_scalar!("SELECT position FROM coordinator_checkpoint WHERE name = $1", CHECKPOINT)
            .fetch_optional(pool)
            .await?;
    Ok(position.map_or(Seq(0), checkpoint::seq))
}

async fn save(pool: &PgPool, done: Seq) -> Result<(), CoordinatorError> {
    sqlx::query!(
        "INSERT INTO coordinator_checkpoint (name, position) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET position = GREATEST(coordinator_checkpoint.position, EXCLUDED.position)",
        CHECKPOINT,
        checkpoint::position(done)
    )
    .execute(pool)
    .await?;
    Ok(())
}

impl From<ReadError> for IssueError {
    fn from(error: ReadError) -> Self {
        CommandError::from(error).into()
    }
}
