//! Timers that are all due at once: each fires once, and how long that takes.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context as _, Result, ensure};
use chrono::TimeDelta;
use eventstore::{Filter, ReadError, Recorded};
use futures::{StreamExt, TryStreamExt, stream};
use kernel::Timestamp;
use sagas::process::{Ask, Event, Process, Told};
use sagas::{Coordinator, Effect, Input, Points, Ports, Routes, Saga, Sagas, Timers};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;
use uuid::Uuid;

use super::Installation;
use super::figure::Figure;
use super::installation::context;
use super::walk::walk;
use crate::app::App;
use crate::clock::VirtualClock;
use crate::config::Config;
use crate::ids;
use crate::workers::{self, Workers};

/// So many timers, of as many instances.
const TIMERS: usize = 100_000;
/// Timers set side by side.
const AT_ONCE: usize = 512;

/// A saga that only waits.
#[derive(Debug, Clone, Copy)]
struct Sleeper;

/// What it hears: until when it is to wait.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Sleep {
    until: Timestamp,
}

/// Its only timer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Timer {
    Wake,
}

impl Saga for Sleeper {
    const NAME: &'static str = "bench_sleeper";
    const CONTEXTS: &'static [&'static str] = &[];
    type Key = Uuid;
    type Event = Sleep;
    type Timer = Timer;
    type State = ();

    fn route(_: &Recorded) -> Result<Routes<Self>, ReadError> {
        Ok(Vec::new())
    }

    fn evolve((): (), _: &Input<Sleep, Timer>) {}

    fn react((): &(), input: &Input<Sleep, Timer>) -> Vec<Effect<Timer>> {
        match input {
            Input::Event { event, .. } => vec![Effect::StartTimer { timer: Timer::Wake, at: event.until }],
            Input::TimerFired { .. } | Input::Rejected { .. } => Vec::new(),
        }
    }

    fn expects(_: &str, _: &str) -> bool {
        false
    }
}

#[expect(clippy::float_arithmetic, reason = "a figure, not money")]
pub(super) async fn run(config: &Config) -> Result<Vec<Figure>> {
    let installation = Installation::fresh(config).await?;
    let start = installation.app.clock.now();
    let clock = Arc::new(VirtualClock::stopped_at(start));
    let app = installation.app.clone().on_clock(clock.clone());
    let until = start + TimeDelta::hours(1);
    eprintln!("timers: {TIMERS} are set for one instant");
    let setting = stream::iter(0..TIMERS).map(|_| set(&app, until));
    setting.buffer_unordered(AT_ONCE).try_collect::<Vec<()>>().await?;
    let mut running = Workers::new();
    workers::start_projection::<Timers>(&app, &mut running);
    let coordinator = coordinator(&app, &mut running).await?;
    coordinator.quiesce().await?;
    eprintln!("timers: they fire");
    let began = Instant::now();
    clock.stop_at(until)?;
    coordinator.quiesce().await?;
    let seconds = began.elapsed().as_secs_f64();
    running.shutdown().await;
    let fired = fired_once(&app).await?;
    installation.remove().await?;
    let count = |count: usize| u32::try_from(count).map(f64::from);
    Ok(vec![
        Figure::new("timers.due", count(TIMERS)?, "timers"),
        Figure::new("timers.fired_once", count(fired)?, "timers"),
        Figure::new("timers.seconds", seconds, "s"),
        Figure::new("timers.per_s", count(fired)? / seconds, "timers/s"),
    ])
}

async fn set(app: &App, until: Timestamp) -> Result<()> {
    let context = context(app);
    let input = Input::Event { event: Sleep { until }, at: context.at };
    let ask = Ask::Take(vec![Told { source: "0".to_owned(), input }]);
    app.log.execute::<Process<Sleeper>>(&context, &ids::fresh(), ask).await?;
    Ok(())
}

async fn coordinator(app: &App, running: &mut Workers) -> Result<Arc<Coordinator>> {
    let ports = Ports {
        log: app.log.clone(),
        pool: app.pool.clone(),
        issuer: Arc::new(app.clone()),
        clock: app.clock.clone(),
        points: Points::default(),
        patience: sagas::PATIENCE,
    };
    let coordinator = Coordinator::start(ports, Sagas::default().with::<Sleeper>()).await?;
    workers::run_coordinator(app, coordinator.clone(), running);
    Ok(coordinator)
}

/// How many timers fired, each of them once.
async fn fired_once(app: &App) -> Result<usize> {
    let mut fired: BTreeMap<String, u32> = BTreeMap::new();
    walk(&app.log, Filter::All, |recorded| {
        for event in recorded.events_of::<Process<Sleeper>>()?.unwrap_or_default().iter() {
            if let Event::Stepped(step) = event
                && matches!(step.input, Input::TimerFired { .. })
            {
                *fired.entry(recorded.stream.to_string()).or_default() += 1;
            }
        }
        Ok(())
    })
    .await?;
    let most = fired.values().max().copied().context("no timer fired")?;
    ensure!(most == 1 && fired.len() == TIMERS, "{} of {TIMERS} timers fired, one {most} times", fired.len());
    Ok(fired.len())
}
