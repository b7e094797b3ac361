//! The read model of timers and instances: which timers are due, which commands wait for their time or for a person, and
//! what a saga could not be given. The facts are in the log.

mod rows;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use eventstore::{ReadError, Recorded};
use kernel::DecodeError;
use projections::Projection;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::process::{CONTEXT, Parked, Postponed};
use crate::unheard::{Heard, Noted, Unheard};

/// Timers and instances of every saga.
#[derive(Debug)]
pub struct Timers;

/// A change to the timers or instances.
#[derive(Debug)]
pub struct Row {
    saga: String,
    key: String,
    position: i64,
    at: DateTime<Utc>,
    correlation: Uuid,
    change: Change,
}

#[derive(Debug)]
enum Change {
    Start(String, DateTime<Utc>),
    Stop(String),
    Postponed(Postponed),
    Parked(Parked),
    /// It waits no more, whatever became of it.
    WentOn(String),
    Unheard(Noted),
    Heard(Heard),
}

/// Whatever ended a command's waiting names it.
#[derive(Deserialize)]
struct Ended {
    command: String,
}

/// The timer of a postponed command, among those of its saga.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TryAgain {
    try_again: String,
}

impl TryAgain {
    /// The command that a timer by this name tries again; `None` where it is a timer of the saga's own.
    pub(crate) fn read(timer: &str) -> Option<String> {
        serde_json::from_str::<Self>(timer).ok().map(|timer| timer.try_again)
    }

    fn timer(command: &str) -> String {
        serde_json::json!({ "try_again": command }).to_string()
    }
}

/// The part of a step that concerns timers, of whatever saga.
#[derive(Deserialize)]
struct Step {
    input: String,
    timer: Option<Value>,
    effects: Vec<StepEffect>,
}

#[derive(Deserialize)]
struct StepEffect {
    effect: String,
    timer: Option<Value>,
    at: Option<DateTime<Utc>>,
}

impl Projection for Timers {
    const NAME: &'static str = "timers";
    const REVISION: i32 = 3;
    const CONTEXTS: &'static [&'static str] = &[CONTEXT];
    const TABLES: &'static [&'static str] = &["saga_timer", "saga_parked", "saga_postponed", "saga_unheard"];
    const SCHEMA: &'static str = include_str!("../../migrations/read_models/timers.sql");
    type Row = Row;

    fn project(recorded: &Recorded) -> Result<Vec<Row>, ReadError> {
        let is_unheard = recorded.stream.is::<Unheard>();
        let mut rows = Vec::new();
        for event in &recorded.events {
            let (name, data) = (event.name.as_str(), event.data.get());
            let read = if is_unheard { of_unheard(name, data) } else { changes(name, data) };
            let changes = read.map_err(|source| ReadError::Event {
                seq: recorded.seq,
                stream: recorded.stream.clone(),
                source: DecodeError::Body { name: event.name.clone(), version: event.version, source },
            })?;
            rows.extend(changes.into_iter().map(|change| row(recorded, change)));
        }
        Ok(rows)
    }

    async fn write(connection: &mut PgConnection, rows: Vec<Row>) -> sqlx::Result<()> {
        rows::set_timers(connection, &latest(&rows)).await?;
        for row in &rows {
            match &row.change {
                Change::Start(..) | Change::Stop(_) => {}
                Change::Postponed(postponed) => rows::postpone(connection, row, postponed).await?,
                Change::Parked(parked) => rows::park(connection, row, parked).await?,
                Change::WentOn(command) => rows::let_go(connection, row, command).await?,
                Change::Unheard(noted) => rows::unheard(connection, row, noted).await?,
                Change::Heard(heard) => rows::heard(connection, heard).await?,
            }
        }
        Ok(())
    }
}

/// The last word on each timer of a batch: when it is due, or `None` where it is gone.
type Latest<'a> = BTreeMap<(&'a str, &'a str, &'a str), (Option<DateTime<Utc>>, Uuid)>;

fn latest(rows: &[Row]) -> Latest<'_> {
    let mut latest = BTreeMap::new();
    for row in rows {
        let (timer, due_at) = match &row.change {
            Change::Start(timer, due_at) => (timer, Some(*due_at)),
            Change::Stop(timer) => (timer, None),
            Change::Postponed(_)
            | Change::Parked(_)
            | Change::WentOn(_)
            | Change::Unheard(_)
            | Change::Heard(_) => continue,
        };
        latest.insert((row.saga.as_str(), row.key.as_str(), timer.as_str()), (due_at, row.correlation));
    }
    latest
}

fn row(recorded: &Recorded, change: Change) -> Row {
    Row {
        saga: recorded.stream.aggregate().to_owned(),
        key: recorded.stream.id().to_owned(),
        position: projections::checkpoint::position(recorded.seq),
        at: recorded.meta.recorded_at,
        correlation: recorded.meta.correlation_id.0,
        change,
    }
}

/// What an event of an instance changes. One of a name that this release doesn't know changes nothing here: what the
/// instance's saga can't be given for it is noted by itself.
fn changes(name: &str, data: &str) -> Result<Vec<Change>, serde_json::Error> {
    match name {
        "stepped" => Ok(of_step(serde_json::from_str(data)?)),
        "postponed" => {
            let postponed: Postponed = serde_json::from_str(data)?;
            let timer = Change::Start(TryAgain::timer(&postponed.command), postponed.again_at);
            Ok(vec![timer, Change::Postponed(postponed)])
        }
        "parked" => {
            let parked: Parked = serde_json::from_str(data)?;
            Ok(vec![Change::Stop(TryAgain::timer(&parked.command)), Change::Parked(parked)])
        }
        "resumed" | "resolved" | "compensated" => {
            let Ended { command } = serde_json::from_str(data)?;
            Ok(vec![Change::Stop(TryAgain::timer(&command)), Change::WentOn(command)])
        }
        _ => Ok(Vec::new()),
    }
}

fn of_unheard(name: &str, data: &str) -> Result<Vec<Change>, serde_json::Error> {
    match name {
        "unheard" => Ok(vec![Change::Unheard(serde_json::from_str(data)?)]),
        "heard" => Ok(vec![Change::Heard(serde_json::from_str(data)?)]),
        _ => Ok(Vec::new()),
    }
}

fn of_step(step: Step) -> Vec<Change> {
    let fired =
        step.timer.filter(|_| step.input == "timer_fired").map(|timer| Change::Stop(timer.to_string()));
    let set = step.effects.into_iter().filter_map(|effect| {
        let timer = effect.timer?.to_string();
        match (effect.effect.as_str(), effect.at) {
            ("start_timer", Some(at)) => Some(Change::Start(timer, at)),
            ("cancel_timer", _) => Some(Change::Stop(timer)),
            _ => None,
        }
    });
    fired.into_iter().chain(set).collect()
}
