//! The checkpoint: how far a read model has seen the log.

use std::time::Duration;

use eventstore::Seq;
use sqlx::{PgConnection, PgPool};
use tokio::time::Instant;

use crate::{Build, ProjectionError};

/// How often a waiting reader looks again.
const LOOK_AGAIN: Duration = Duration::from_millis(10);

/// A log position as PostgreSQL holds it.
pub fn position(seq: Seq) -> i64 {
    i64::try_from(seq.0).unwrap_or(i64::MAX)
}

/// A log position from PostgreSQL.
pub fn seq(position: i64) -> Seq {
    Seq(u64::try_from(position).unwrap_or(0))
}

/// Where a build stood when its worker began, and which skips that worker knows of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Checkpoint {
    /// How far it has seen the log.
    pub(crate) position: Seq,
    /// How often what is skipped has changed.
    skips_version: i64,
}

impl Checkpoint {
    /// A build's checkpoint; `None` where the build is gone.
    pub(crate) async fn of(pool: &PgPool, build: &Build) -> Result<Option<Self>, ProjectionError> {
        let row = sqlx::query!(
            "SELECT position, skips_version FROM projection WHERE name = $1 AND revision = $2 AND build = $3",
            build.name,
            build.revision,
            build.build
        )
        .fetch_optional(pool)
        .await?;
        Ok(row.map(|row| Self { position: seq(row.position), skips_version: row.skips_version }))
    }

    /// Moves it by compare-and-set, inside the transaction that writes the rows. Nobody else may have moved it, nor may
    /// the skips have changed.
    pub(crate) async fn advance(
        &self,
        tx: &mut PgConnection,
        build: &Build,
        from: Seq,
        to: Seq,
    ) -> Result<(), ProjectionError> {
        let moved = sqlx::query!(
            "UPDATE public.projection SET position = $4, stopped_at = NULL, stopped_why = NULL, updated_at = now()
             WHERE name = $1 AND revision = $2 AND build = $3 AND position = $5 AND skips_version = $6",
            build.name,
            build.revision,
            build.build,
            position(to),
            position(from),
            self.skips_version
        )
        .execute(tx)
        .await?;
        if moved.rows_affected() == 1 { Ok(()) } else { Err(ProjectionError::Overtaken) }
    }
}

/// Notes why a build stands still, for operators; not where another worker has passed that position meanwhile. Noted once:
/// `updated_at` says since when it stands.
pub(crate) async fn note_stop(
    pool: &PgPool,
    build: &Build,
    at: Seq,
    why: &str,
) -> Result<(), ProjectionError> {
    sqlx::query!(
        "UPDATE projection SET stopped_at = $4, stopped_why = $5, updated_at = now()
         WHERE name = $1 AND revision = $2 AND build = $3 AND position < $4
           AND (stopped_at IS DISTINCT FROM $4 OR stopped_why IS DISTINCT FROM $5)",
        build.name,
        build.revision,
        build.build,
        position(at),
        why
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Where a live read model stands; `None` before its first build.
pub async fn live_position(pool: &PgPool, name: &str) -> Result<Option<Seq>, sqlx::Error> {
    let position = sqlx::query_scalar!("SELECT position FROM projection WHERE name = $1 AND live", name);
    Ok(position.fetch_optional(pool).await?.map(seq))
}

/// Waits until the live read model has seen `wanted`; `false` when the time was not enough.
pub async fn wait_for(pool: &PgPool, name: &str, wanted: Seq, limit: Duration) -> Result<bool, sqlx::Error> {
    let deadline = Instant::now() + limit;
    loop {
        if live_position(pool, name).await?.is_some_and(|seen| seen >= wanted) {
            return Ok(true);
        }
        if Instant::now() >= deadline {
            return Ok(false);
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}
