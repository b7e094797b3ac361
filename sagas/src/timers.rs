//! The read model of timers and instances: which timers are due, which commands are to be tried again, which are parked.
//! The facts are in the log.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use eventstore::{ReadError, Recorded};
use kernel::DecodeError;
use projections::Projection;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use crate::process::{CONTEXT, Parked, Postponed, Resumed};

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
    Parked(Parked),
    Resumed(Resumed),
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
    const REVISION: i32 = 2;
    const CONTEXTS: &'static [&'static str] = &[CONTEXT];
    const TABLES: &'static [&'static str] = &["saga_timer", "saga_parked"];
    const SCHEMA: &'static str = include_str!("../../migrations/read_models/timers.sql");
    type Row = Row;

    fn project(recorded: &Recorded) -> Result<Vec<Row>, ReadError> {
        let mut rows = Vec::new();
        for event in &recorded.events {
            let changes = changes(&event.name, event.data.get()).map_err(|source| ReadError::Event {
                seq: recorded.seq,
                stream: recorded.stream.clone(),
                source: DecodeError::Body { name: event.name.clone(), version: event.version, source },
            })?;
            rows.extend(changes.into_iter().map(|change| row(recorded, change)));
        }
        Ok(rows)
    }

    async fn write(connection: &mut PgConnection, rows: Vec<Row>) -> sqlx::Result<()> {
        set_timers(connection, &latest(&rows)).await?;
        for row in &rows {
            match &row.change {
                Change::Start(..) | Change::Stop(_) => {}
                Change::Parked(parked) => park(connection, row, parked).await?,
                Change::Resumed(resumed) => resume(connection, row, &resumed.command).await?,
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
            Change::Parked(_) | Change::Resumed(_) => continue,
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

fn changes(name: &str, data: &str) -> Result<Vec<Change>, serde_json::Error> {
    match name {
        "postponed" => {
            let Postponed { command, again_at, .. } = serde_json::from_str(data)?;
            Ok(vec![Change::Start(TryAgain::timer(&command), again_at)])
        }
        "parked" => {
            let parked: Parked = serde_json::from_str(data)?;
            Ok(vec![Change::Stop(TryAgain::timer(&parked.command)), Change::Parked(parked)])
        }
        "resumed" => {
            let resumed: Resumed = serde_json::from_str(data)?;
            Ok(vec![Change::Stop(TryAgain::timer(&resumed.command)), Change::Resumed(resumed)])
        }
        _ => Ok(of_step(serde_json::from_str(data)?)),
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

async fn set_timers(db: &mut PgConnection, latest: &Latest<'_>) -> sqlx::Result<()> {
    let all = latest.iter().map(|(name, (_, correlation))| (name, *correlation));
    let (sagas, keys, timers, _) = columns(all);
    sqlx::query!(
        "DELETE FROM saga_timer USING UNNEST($1::text[], $2::text[], $3::text[]) AS gone (saga, key, timer)
         WHERE saga_timer.saga = gone.saga AND saga_timer.key = gone.key AND saga_timer.timer = gone.timer",
        &sagas,
        &keys,
        &timers
    )
    .execute(&mut *db)
    .await?;
    let set = latest.iter().filter(|(_, (due_at, _))| due_at.is_some());
    let due: Vec<DateTime<Utc>> = set.clone().filter_map(|(_, (due_at, _))| *due_at).collect();
    let (sagas, keys, timers, correlations) =
        columns(set.map(|(name, (_, correlation))| (name, *correlation)));
    sqlx::query!(
        "INSERT INTO saga_timer (saga, key, timer, due_at, correlation_id)
         SELECT * FROM UNNEST($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::uuid[])",
        &sagas,
        &keys,
        &timers,
        &due,
        &correlations
    )
    .execute(db)
    .await?;
    Ok(())
}

type Columns = (Vec<String>, Vec<String>, Vec<String>, Vec<Uuid>);

fn columns<'a>(timers: impl Iterator<Item = (&'a (&'a str, &'a str, &'a str), Uuid)>) -> Columns {
    let mut columns = Columns::default();
    for ((saga, key, timer), correlation) in timers {
        columns.0.push((*saga).to_owned());
        columns.1.push((*key).to_owned());
        columns.2.push((*timer).to_owned());
        columns.3.push(correlation);
    }
    columns
}

async fn park(db: &mut PgConnection, row: &Row, parked: &Parked) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO saga_parked (saga, key, command, error, code, parked_at, position)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (saga, key, command) DO UPDATE SET error = EXCLUDED.error, code = EXCLUDED.code",
        row.saga,
        row.key,
        parked.command,
        parked.error,
        parked.code,
        row.at,
        row.position
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn resume(db: &mut PgConnection, row: &Row, command: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "DELETE FROM saga_parked WHERE saga = $1 AND key = $2 AND command = $3",
        row.saga,
        row.key,
        command
    )
    .execute(db)
    .await?;
    Ok(())
}
