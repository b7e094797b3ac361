//! How the machinery stands: read models, sagas that are parked, timers that are set. Never here: mending a read model
//! (that is the command line's: `jangteo rebuild`).

use chrono::{DateTime, Utc};
use projections::checkpoint::seq;
use projections::intervention::Stop;
use projections::{Lag, ProjectionError};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::App;

/// One build of a read model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadModel {
    /// Where it stands.
    pub lag: Lag,
    /// Where and why it can't go on, if so.
    pub stop: Option<Stop>,
    /// When it last moved or stopped.
    pub updated_at: DateTime<Utc>,
}

/// A saga's command that kept failing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParkedCommand {
    /// The saga.
    pub saga: String,
    /// Its instance.
    pub key: String,
    /// The command's name within the instance.
    pub command: String,
    /// The command's own name; older releases said none.
    pub waits_for: Option<String>,
    /// The last error.
    pub error: String,
    /// Its stable name; older releases named none.
    pub code: Option<String>,
    /// How often it was postponed before.
    pub times: i64,
    /// Since when it waits.
    pub parked_at: DateTime<Utc>,
    /// The request that it follows from.
    pub correlation_id: Uuid,
    /// Where that stands in the log.
    pub position: i64,
}

/// The last of a page of what sagas' instances have: what the list is in the order of, and which one it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstanceCursor<T> {
    by: T,
    saga: String,
    key: String,
    name: String,
}

impl<T> InstanceCursor<T> {
    pub(super) fn of(by: T, [saga, key, name]: [&str; 3]) -> Self {
        Self { by, saga: saga.to_owned(), key: key.to_owned(), name: name.to_owned() }
    }

    /// What a page begins behind; nothing where it is the first.
    pub(super) fn parts(after: Option<Self>) -> (Option<T>, Option<String>, Option<String>, Option<String>) {
        after.map_or((None, None, None, None), |Self { by, saga, key, name }| {
            (Some(by), Some(saga), Some(key), Some(name))
        })
    }
}

/// A timer that is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetTimer {
    /// The saga.
    pub saga: String,
    /// Its instance.
    pub key: String,
    /// The timer's name, as JSON.
    pub timer: String,
    /// When it fires.
    pub due_at: DateTime<Utc>,
    /// The request that it follows from.
    pub correlation_id: Uuid,
}

impl ParkedCommand {
    /// Where the next page begins after it.
    pub fn cursor(&self) -> InstanceCursor<i64> {
        InstanceCursor::of(self.position, [&self.saga, &self.key, &self.command])
    }
}

impl SetTimer {
    /// Where the next page begins after it.
    pub fn cursor(&self) -> InstanceCursor<DateTime<Utc>> {
        InstanceCursor::of(self.due_at, [&self.saga, &self.key, &self.timer])
    }
}

impl App {
    /// Every build of every read model.
    pub async fn read_models(&self) -> Result<Vec<ReadModel>, ProjectionError> {
        let mut lags = projections::lag(&self.pool, &self.log, self.clock.now()).await?;
        let builds =
            sqlx::query!("SELECT name, revision, build, stopped_at, stopped_why, updated_at FROM projection")
                .fetch_all(&self.pool)
                .await?;
        let models = builds.into_iter().filter_map(|build| {
            let is_it = |lag: &Lag| {
                (&lag.name, lag.revision, lag.build) == (&build.name, build.revision, build.build)
            };
            let lag = lags.swap_remove(lags.iter().position(is_it)?);
            let stop = build.stopped_at.zip(build.stopped_why);
            let stop = stop.map(|(at, why)| Stop { position: seq(at), why });
            Some(ReadModel { lag, stop, updated_at: build.updated_at })
        });
        let mut models: Vec<ReadModel> = models.collect();
        models.sort_by(|one, other| one.lag.cmp(&other.lag));
        Ok(models)
    }

    /// Commands that wait for an operator, the longest waiting first; `rows` at most.
    pub async fn parked(
        &self,
        after: Option<InstanceCursor<i64>>,
        rows: i64,
    ) -> sqlx::Result<Vec<ParkedCommand>> {
        let (position, saga, key, command) = InstanceCursor::parts(after);
        sqlx::query_as!(
            ParkedCommand,
            "SELECT saga, key, command, waits_for, error, code, times, parked_at, correlation_id, position
             FROM saga_parked
             WHERE $1::bigint IS NULL OR (position, saga, key, command) > ($1, $2::text, $3::text, $4::text)
             ORDER BY position, saga, key, command LIMIT $5",
            position,
            saga,
            key,
            command,
            rows
        )
        .fetch_all(&self.pool)
        .await
    }

    /// Those of a saga, or with an error's code, or both.
    pub async fn parked_like(
        &self,
        saga: Option<&str>,
        code: Option<&str>,
        rows: i64,
    ) -> sqlx::Result<Vec<ParkedCommand>> {
        sqlx::query_as!(
            ParkedCommand,
            "SELECT saga, key, command, waits_for, error, code, times, parked_at, correlation_id, position
             FROM saga_parked
             WHERE ($1::text IS NULL OR saga = $1) AND ($2::text IS NULL OR code = $2)
             ORDER BY position, saga, key, command LIMIT $3",
            saga,
            code,
            rows
        )
        .fetch_all(&self.pool)
        .await
    }

    /// Timers that are set, the next one first; `rows` at most.
    pub async fn timers(
        &self,
        due_before: Option<DateTime<Utc>>,
        after: Option<InstanceCursor<DateTime<Utc>>>,
        rows: i64,
    ) -> sqlx::Result<Vec<SetTimer>> {
        let (due_at, saga, key, timer) = InstanceCursor::parts(after);
        sqlx::query_as!(
            SetTimer,
            "SELECT saga, key, timer, due_at, correlation_id FROM saga_timer
             WHERE ($1::timestamptz IS NULL OR due_at < $1)
               AND ($2::timestamptz IS NULL OR (due_at, saga, key, timer) > ($2, $3::text, $4::text, $5::text))
             ORDER BY due_at, saga, key, timer LIMIT $6",
            due_before,
            due_at,
            saga,
            key,
            timer,
            rows
        )
        .fetch_all(&self.pool)
        .await
    }
}
