//! What of the sagas waits and is not parked: commands that are tried again by themselves, commits that a saga could not be
//! given. Never here: an operator's word on them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::workings::InstanceCursor;
use crate::app::App;

/// A saga's command that failed and is tried again by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostponedCommand {
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
    /// How often it was postponed.
    pub times: i64,
    /// Since when it waits.
    pub since: DateTime<Utc>,
    /// When it is tried again.
    pub next_try_at: DateTime<Utc>,
    /// The request that it follows from.
    pub correlation_id: Uuid,
    /// Where the log tells that it waits.
    pub position: i64,
}

/// A commit that could not be given to a saga.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnheardCommit {
    /// The saga.
    pub saga: String,
    /// Where the commit stands in the log.
    pub position: i64,
    /// The instance that it is for, where that is known.
    pub key: Option<String>,
    /// Why.
    pub error: String,
    /// Since when it waits.
    pub since: DateTime<Utc>,
}

/// The last unheard commit of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnheardCursor {
    position: i64,
    saga: String,
}

impl PostponedCommand {
    /// Where the next page begins after it.
    pub fn cursor(&self) -> InstanceCursor<DateTime<Utc>> {
        InstanceCursor::of(self.next_try_at, [&self.saga, &self.key, &self.command])
    }
}

impl UnheardCommit {
    /// Where the next page begins after it.
    pub fn cursor(&self) -> UnheardCursor {
        UnheardCursor { position: self.position, saga: self.saga.clone() }
    }
}

impl App {
    /// Commands that are tried again by themselves, the next one first; `rows` at most.
    pub async fn postponed(
        &self,
        after: Option<InstanceCursor<DateTime<Utc>>>,
        rows: i64,
    ) -> sqlx::Result<Vec<PostponedCommand>> {
        let (next_try_at, saga, key, command) = InstanceCursor::parts(after);
        sqlx::query_as!(
            PostponedCommand,
            "SELECT saga, key, command, waits_for, error, code, times, since, next_try_at, correlation_id, position
             FROM saga_postponed
             WHERE $1::timestamptz IS NULL
                OR (next_try_at, saga, key, command) > ($1, $2::text, $3::text, $4::text)
             ORDER BY next_try_at, saga, key, command LIMIT $5",
            next_try_at,
            saga,
            key,
            command,
            rows
        )
        .fetch_all(&self.pool)
        .await
    }

    /// Commits that sagas could not be given, in the log's order; `rows` at most.
    pub async fn unheard(&self, after: Option<UnheardCursor>, rows: i64) -> sqlx::Result<Vec<UnheardCommit>> {
        let (position, saga) =
            after.map_or_else(Default::default, |after| (Some(after.position), Some(after.saga)));
        sqlx::query_as!(
            UnheardCommit,
            "SELECT saga, position, key, error, since FROM saga_unheard
             WHERE $1::bigint IS NULL OR (position, saga) > ($1, $2::text)
             ORDER BY position, saga LIMIT $3",
            position,
            saga,
            rows
        )
        .fetch_all(&self.pool)
        .await
    }
}
