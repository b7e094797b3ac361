//! The coordinator: every saga, the engine that feeds them, and the timers.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use eventstore::{CommandError, Log, ReadError, Seq};
use kernel::Timestamp;
use kernel::id::CorrelationId;
use projections::{Build, Projection, ProjectionError, checkpoint};
use sqlx::PgPool;
use tokio::sync::{Mutex, watch};

use crate::Clock;
use crate::deliver::Deliverer;
use crate::delivery::{Delivery, Why};
use crate::entrance::{Entrance, Sagas};
use crate::issuer::{IssueError, Issuer};
use crate::points::{Points, Wait};
use crate::runner::Engine;
use crate::saga::later;
use crate::timers::Timers;

/// How often the checkpoint is saved and due timers are looked for.
const TICK: Duration = Duration::from_millis(200);
/// Timers fired per look.
const TIMERS_PER_LOOK: i64 = 1_000;
/// Looks for due timers between two savings of the checkpoint.
const LOOKS_PER_TICK: u32 = 100;
/// How often what follows from what followed is waited for before late timers fire: longer than any chain of sagas.
const ROUNDS: u32 = 32;
/// How long the read model of timers is waited for.
const TIMERS_LIMIT: Duration = Duration::from_mins(1);
/// The checkpoint's name.
const CHECKPOINT: &str = "coordinator";

/// Timers that are due, the earliest first, each with its instant.
type Due = Vec<(Timestamp, Delivery)>;

/// Why the coordinator had to stop; it starts again from its checkpoint.
#[derive(Debug, thiserror::Error)]
pub enum CoordinatorError {
    /// The log can't be read.
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
    /// Where a process may end; nobody watches outside tests.
    pub points: Points,
    /// How long an input that may wait does, for more of its instance.
    pub patience: Duration,
}

impl std::fmt::Debug for Ports {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Ports").finish_non_exhaustive()
    }
}

/// Drives every saga.
pub struct Coordinator {
    ports: Ports,
    pub(crate) deliverer: Arc<Deliverer>,
    pub(crate) engine: Arc<Engine>,
    from: Seq,
    pub(crate) sagas: BTreeMap<&'static str, Box<dyn Entrance>>,
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

impl Coordinator {
    /// Starts the lanes at the saved checkpoint; [`Self::run`] feeds them.
    pub async fn start(ports: Ports, sagas: Sagas) -> Result<Arc<Self>, CoordinatorError> {
        Build::current::<Timers>(&ports.pool).await?;
        let from = ports.points.around(None, Wait::Load, saved(&ports.pool)).await?;
        let deliverer = Arc::new(Deliverer::new(&ports));
        let engine = Engine::start(sagas.routers, &deliverer, from, ports.patience);
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
            kept = self.keep_checkpoint() => kept,
            ticked = self.tick() => ticked,
        };
        self.stopped.send_replace(true);
        ended
    }

    /// Saves how far everything is done. Never behind the timers: late ones wait for a rest that may be long in coming, and
    /// whoever takes over meanwhile would do all of it again.
    async fn keep_checkpoint(&self) -> Result<(), CoordinatorError> {
        let mut ticks = ticks();
        let mut kept = self.from;
        loop {
            ticks.tick().await;
            let done = *self.engine.done().borrow();
            if done > kept {
                self.points().around(None, Wait::Save, save(&self.ports.pool, done)).await?;
                kept = done;
            }
        }
    }

    async fn tick(&self) -> Result<(), CoordinatorError> {
        let mut ticks = ticks();
        loop {
            ticks.tick().await;
            self.catch_up().await?;
        }
    }

    /// Fires what is due, one group after the other. Before late ones fire, what followed from the earlier ones
    /// happens: it may set timers that come first.
    async fn catch_up(&self) -> Result<(), CoordinatorError> {
        let within = self.ports.clock.fired_together();
        for _ in 0..LOOKS_PER_TICK {
            // Whoever waits for quiet fires them in order, and goes first.
            let Ok(_turn) = self.firing.try_lock() else { break };
            let now = self.ports.clock.now();
            let mut due = self.points().around(None, Wait::Look, self.due(now)).await?;
            if due.first().is_some_and(|(due_at, _)| later(*due_at, within) < now) {
                self.come_to_rest().await?;
                due = self.due(now).await?;
            }
            if self.fire_first(due, within).await? == 0 {
                break;
            }
        }
        Ok(())
    }

    /// Waits until what followed from all that happened so far has happened, where others don't keep adding to it.
    async fn come_to_rest(&self) -> Result<(), CoordinatorError> {
        let _hurried = self.engine.hurry();
        let mut done = self.engine.done();
        for _ in 0..ROUNDS {
            let head = self.ports.log.head().await?;
            // The engine lives as long as this does.
            let _ = done.wait_for(|done| *done >= head).await;
            if self.ports.log.head().await? == head {
                break;
            }
        }
        self.timers_follow().await
    }

    fn points(&self) -> &Points {
        &self.ports.points
    }

    async fn fire(&self, now: Timestamp, within: TimeDelta) -> Result<usize, CoordinatorError> {
        let due = self.points().around(None, Wait::Look, self.due(now)).await?;
        self.fire_first(due, within).await
    }

    /// Fires those that are due together with the first, and the next ones where those led to nothing.
    async fn fire_first(&self, due: Due, within: TimeDelta) -> Result<usize, CoordinatorError> {
        let mut due = due.into_iter().peekable();
        while let Some((first, _)) = due.peek() {
            let horizon = later(*first, within);
            let together: Vec<_> =
                std::iter::from_fn(|| due.next_if(|(due_at, _)| *due_at <= horizon)).collect();
            let fired = self.engine.fire(together.into_iter().map(|(_, delivery)| delivery).collect());
            let stepped = self.points().around(None, Wait::Fire, fired).await;
            self.points().around(None, Wait::Follow, self.timers_follow()).await?;
            if stepped > 0 {
                return Ok(stepped);
            }
        }
        Ok(0)
    }

    /// The timers that are due, the earliest first. One that this release can't read is left and said.
    async fn due(&self, now: Timestamp) -> Result<Due, CoordinatorError> {
        let sagas: Vec<String> = self.sagas.keys().map(|&saga| saga.to_owned()).collect();
        let rows = sqlx::query!(
            "SELECT saga, key, timer, due_at, correlation_id FROM saga_timer
             WHERE due_at <= $1 AND saga = ANY($2) AND NOT EXISTS (
                 SELECT FROM saga_unheard WHERE saga_unheard.saga = saga_timer.saga AND saga_unheard.key = saga_timer.key)
             ORDER BY due_at, saga, key, timer LIMIT $3",
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
        self.quiesce_firing(self.ports.clock.fired_together()).await
    }

    /// The same, firing timers in one go that are due within so much time: for who moves the clock and knows that
    /// nothing due in that time depends on what follows from something else due in it.
    pub async fn quiesce_firing(&self, within: TimeDelta) -> Result<Seq, CoordinatorError> {
        let _turn = self.firing.lock().await;
        let _hurried = self.engine.hurry();
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

fn ticks() -> tokio::time::Interval {
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    ticks
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
