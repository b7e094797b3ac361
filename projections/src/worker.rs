//! One worker on one build: rows and checkpoint in one transaction. Or on a scratch, which has no checkpoint and is never
//! shown.

use eventstore::{Log, Seq, Tailed};
use sqlx::{AssertSqlSafe, PgPool};

use crate::checkpoint::Checkpoint;
use crate::reader::{Projected, Reader, rows_of};
use crate::{Build, Projection, ProjectionError, intervention};

/// No position stands behind this one.
const LAST: Seq = Seq(u64::MAX);

/// One worker on one build.
pub(crate) struct Worker<'a, P: Projection> {
    pool: &'a PgPool,
    place: Place,
    at: Seq,
    reader: Reader<P>,
}

/// Where the rows go.
enum Place {
    /// A build's tables, while its checkpoint is this worker's.
    Build(Build, Checkpoint),
    /// The tables of this schema.
    Scratch(String),
}

impl<'a, P: Projection> Worker<'a, P> {
    pub(crate) async fn open(pool: &'a PgPool, log: &Log, build: Build) -> Result<Self, ProjectionError> {
        // The checkpoint first: a skip that comes between is in the set, and the checkpoint then can't be moved.
        let at = Checkpoint::of(pool, &build).await?.ok_or(ProjectionError::Overtaken)?;
        let skips = intervention::skips(&mut *pool.acquire().await?, P::NAME).await?;
        let reader = Reader::open(log, at.position, skips).await?;
        Ok(Self { pool, place: Place::Build(build, at), at: at.position, reader })
    }

    /// A worker that fills the tables of a schema from the log's beginning, and keeps no checkpoint.
    pub(crate) async fn open_scratch(
        pool: &'a PgPool,
        log: &Log,
        schema: String,
    ) -> Result<Self, ProjectionError> {
        let skips = intervention::skips(&mut *pool.acquire().await?, P::NAME).await?;
        let reader = Reader::open(log, Seq(0), skips).await?;
        Ok(Self { pool, place: Place::Scratch(schema), at: Seq(0), reader })
    }

    /// How far it has seen the log.
    pub(crate) const fn position(&self) -> Seq {
        self.at
    }

    /// Waits for commits, writes what they mean, and moves on.
    pub(crate) async fn step(&mut self) -> Result<Seq, ProjectionError> {
        self.step_to(LAST).await
    }

    /// The same, up to a position that is in the log.
    pub(crate) async fn step_to(&mut self, limit: Seq) -> Result<Seq, ProjectionError> {
        let (projected, unreadable) = self.reader.next(limit).await;
        if projected.is_empty() && unreadable.is_none() {
            if !self.reader.is_beyond() {
                return Err(ProjectionError::Ended);
            }
            // Nothing stands between here and the limit.
            self.at = limit;
        }
        self.take(projected).await?;
        unreadable.map_or(Ok(self.at), |error| Err(error.into()))
    }

    /// Writes what these commits mean. Where they can't be written together, one by one shows which of them it is: those
    /// before it are written, it alone is left.
    async fn take(&mut self, projected: Vec<Projected<P::Row>>) -> Result<(), ProjectionError> {
        let Some(last) = projected.last().map(|one| one.step.seq()) else { return Ok(()) };
        let (steps, rows): (Vec<Tailed>, Vec<Vec<P::Row>>) =
            projected.into_iter().map(|one| (one.step, one.rows)).unzip();
        match self.write(rows.into_iter().flatten().collect(), last).await {
            Err(ProjectionError::Poison { .. }) if steps.len() > 1 => {
                for step in &steps {
                    self.write(rows_of::<P>(step)?, step.seq()).await?;
                }
                Ok(())
            }
            written => written,
        }
    }

    /// The checkpoint moves first, so that a second worker waits for this one instead of writing the same rows.
    async fn write(&mut self, rows: Vec<P::Row>, seen: Seq) -> Result<(), ProjectionError> {
        if rows.is_empty() {
            return self.pass(seen).await;
        }
        let mut tx = self.pool.begin().await?;
        if let Place::Build(build, checkpoint) = &self.place {
            checkpoint.advance(&mut tx, build, self.at, seen).await?;
        }
        let settings = format!("SET LOCAL search_path TO {}, public; {BY_KEY}", self.place.schema());
        sqlx::raw_sql(AssertSqlSafe(settings)).execute(&mut *tx).await?;
        P::write(&mut tx, rows).await.map_err(|source| failed::<P>(source, seen))?;
        tx.commit().await?;
        self.at = seen;
        Ok(())
    }

    /// Nothing to write: the checkpoint moves alone.
    async fn pass(&mut self, seen: Seq) -> Result<(), ProjectionError> {
        if let Place::Build(build, checkpoint) = &self.place {
            checkpoint.advance(&mut *self.pool.acquire().await?, build, self.at, seen).await?;
        }
        self.at = seen;
        Ok(())
    }
}

impl Place {
    fn schema(&self) -> String {
        match self {
            Self::Build(build, _) => build.schema(),
            Self::Scratch(schema) => schema.clone(),
        }
    }
}

/// A batch touches few rows of tables that grow, each by its key. A plan that was made while a table was small is kept,
/// and would go on reading all of it. Where a scan is the only way, its nominal cost would have the plan compiled.
const BY_KEY: &str = "SET LOCAL enable_seqscan TO off; SET LOCAL enable_hashjoin TO off; \
                      SET LOCAL enable_mergejoin TO off; SET LOCAL jit TO off";

/// Classes of SQLSTATE that speak of the server's state: the connection, a rollback, resources, an operator, a lock, the
/// system. See <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
const NOT_OF_ROWS: [&str; 6] = ["08", "40", "53", "55", "57", "58"];

/// A write that failed for want of a connection, of room or of a lock says nothing about the rows.
fn failed<P: Projection>(source: sqlx::Error, position: Seq) -> ProjectionError {
    use sqlx::Error::{Io, PoolClosed, PoolTimedOut, Tls, WorkerCrashed};
    let code = source.as_database_error().and_then(sqlx::error::DatabaseError::code);
    let is_state = code.is_some_and(|code| NOT_OF_ROWS.iter().any(|class| code.starts_with(class)));
    if is_state || matches!(source, Io(_) | Tls(_) | PoolTimedOut | PoolClosed | WorkerCrashed) {
        ProjectionError::Database(source)
    } else {
        ProjectionError::Poison { projection: P::NAME, position, source }
    }
}
