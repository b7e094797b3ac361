//! Guarded appends beside raw guarded publishes of the same messages, in turns, so that both meet the same disk.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use eventstore::{Commit, EventStore, Expected, Meta, Seq, StoredEvent, StreamName};
use kernel::id::CommitId;
use serde_json::value::RawValue;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::figure::Figure;
use super::installation::context;
use super::raw::RawLog;
use super::{Installation, Timing};
use crate::config::Config;
use crate::ids;

/// Writers side by side.
const WRITERS: [u32; 4] = [1, 16, 64, 256];
/// Turns that each of the two kinds of writing takes at each number of writers.
const ROUNDS: u32 = 3;
/// How long a turn is.
const ROUND: Duration = Duration::from_millis(1500);
/// The most commits of one writer in one turn.
const COMMITS_PER_TURN: usize = 20_000;
/// The body of a placed order with three lines: the largest event that is written often.
const ORDER_PLACED: &str = include_str!("order_placed.json");

pub(super) async fn run(config: &Config) -> Result<Vec<Figure>> {
    let installation = Installation::fresh(config).await?;
    let store = installation.app.log.store().clone();
    let meta = Meta::from(&context(&installation.app));
    let raw = Arc::new(RawLog::open(installation.config(), meta.clone(), event()?).await?);
    let mut figures = Vec::new();
    for writers in WRITERS {
        eprintln!(
            "append: {writers} writers, {ROUNDS} turns of {ROUND:?} each for appends and for raw publishes"
        );
        let (mut ours, mut theirs) = (Timing::default(), Timing::default());
        for _ in 0..ROUNDS {
            let (store, meta) = (store.clone(), meta.clone());
            ours.then(turn(writers, move || append(store.clone(), meta.clone())).await?);
            let raw = raw.clone();
            theirs.then(turn(writers, move || raw.clone().publish_one_after_another()).await?);
        }
        figures.extend(compared(writers, &ours, &theirs));
    }
    installation.remove().await?;
    Ok(figures)
}

/// What every commit of this bench holds.
pub(super) fn event() -> Result<StoredEvent> {
    let data = RawValue::from_string(ORDER_PLACED.trim().to_owned())?;
    Ok(StoredEvent { name: "placed".to_owned(), version: 1, data })
}

/// One turn of so many writers.
pub(super) async fn turn<F>(writers: u32, writer: impl Fn() -> F) -> Result<Timing>
where
    F: Future<Output = Result<Timing>> + Send + 'static,
{
    let began = Instant::now();
    let mut writing = JoinSet::new();
    for _ in 0..writers {
        writing.spawn(writer());
    }
    let mut all = Timing::default();
    while let Some(done) = writing.join_next().await {
        all.beside(done??);
    }
    Ok(all.within(began.elapsed()))
}

/// One writer on a stream of its own, each commit guarded by the one before.
async fn append(store: Arc<dyn EventStore>, meta: Meta) -> Result<Timing> {
    let stream = StreamName::new("bench", "append", ids::fresh());
    let event = event()?;
    let mut last = Seq(0);
    let mut turn = Turn::begin();
    while turn.goes_on() {
        let commit = Commit::new(stream.clone(), Expected::after(last), CommitId(ids::fresh()), meta.clone());
        let appended = store.append(commit.with_events(vec![event.clone()])).await;
        last = appended.context("an append failed")?.seq();
        turn.wrote();
    }
    Ok(turn.timing)
}

/// One writer's turn: bounded in time and in count.
pub(super) struct Turn {
    pub(super) timing: Timing,
    began: Instant,
    last: Instant,
}

impl Turn {
    pub(super) fn begin() -> Self {
        let now = Instant::now();
        Self { timing: Timing::default(), began: now, last: now }
    }

    pub(super) fn goes_on(&self) -> bool {
        self.last - self.began < ROUND && self.timing.count() < COMMITS_PER_TURN
    }

    pub(super) fn wrote(&mut self) {
        let now = Instant::now();
        self.timing.took(now - self.last);
        self.last = now;
    }
}

#[expect(clippy::float_arithmetic, reason = "a figure, not money")]
fn compared(writers: u32, ours: &Timing, raw: &Timing) -> [Figure; 6] {
    let named = |name: &str| format!("{name}.c{writers}");
    let gained = if writers == 1 {
        Figure::new("group_commit.lone_p50_ratio", ours.percentile_ms(50) / raw.percentile_ms(50), "ratio")
    } else {
        Figure::new(named("group_commit.ratio"), ours.per_second() / raw.per_second(), "ratio")
    };
    [
        gained,
        Figure::new(named("append.per_s"), ours.per_second(), "commits/s"),
        Figure::new(named("append.p50_ms"), ours.percentile_ms(50), "ms"),
        Figure::new(named("append.p99_ms"), ours.percentile_ms(99), "ms"),
        Figure::new(named("raw.per_s"), raw.per_second(), "messages/s"),
        Figure::new(named("append.ratio_to_raw"), ours.per_second() / raw.per_second(), "ratio"),
    ]
}
