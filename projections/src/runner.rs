//! Following the log: rows and checkpoint in one transaction, up to 500 commits at a time.

use std::time::Duration;

use eventstore::{Filter, Log, ReadError, Seq, Tailed};
use futures::StreamExt;
use sqlx::{AssertSqlSafe, PgPool};

use crate::news::News;
use crate::{Build, Projection, ProjectionError, checkpoint, metrics};

/// The most positions one transaction covers.
pub const COMMITS_PER_TRANSACTION: usize = 500;
/// How long a stopped projection rests before it looks again.
const REST: Duration = Duration::from_secs(1);

/// Follows the log for ever with the build that is to be live. A failure stops this projection only, is noted where
/// operators look, and is tried again after a rest.
pub async fn run<P: Projection>(pool: PgPool, log: Log) {
    let mut said = News::default();
    loop {
        let stopped = follow_current::<P>(&pool, &log).await;
        let is_new = said.is_new(&stopped);
        if matches!(stopped, ProjectionError::Overtaken | ProjectionError::Superseded { .. }) {
            tracing::debug!(projection = P::NAME, reason = %stopped, "a projection rests");
        } else if is_new {
            tracing::error!(projection = P::NAME, error = %stopped, "a projection has stopped");
        }
        tokio::time::sleep(REST).await;
    }
}

/// Builds the read model anew beside the live one, takes over when it has caught up, and ends. `progress` hears the
/// position after each transaction.
pub async fn rebuild<P: Projection>(
    pool: &PgPool,
    log: &Log,
    mut progress: impl FnMut(Seq),
) -> Result<Build, ProjectionError> {
    let build = Build::another::<P>(pool).await?;
    let mut worker = Worker::<P>::open(pool, log, build.clone()).await?;
    let goal = log.head().await?;
    loop {
        if worker.at >= goal && build.take_over::<P>(pool).await? {
            return Ok(build);
        }
        progress(worker.step().await?);
    }
}

async fn follow_current<P: Projection>(pool: &PgPool, log: &Log) -> ProjectionError {
    let build = match Build::current::<P>(pool).await {
        Ok(build) => build,
        Err(error) => return error,
    };
    match follow::<P>(pool, log, &build).await {
        Ok(()) => ProjectionError::Ended,
        Err(error) => {
            note(pool, &build, &error).await;
            error
        }
    }
}

async fn follow<P: Projection>(pool: &PgPool, log: &Log, build: &Build) -> Result<(), ProjectionError> {
    let mut worker = Worker::<P>::open(pool, log, build.clone()).await?;
    let goal = log.head().await?;
    let mut live = worker.at >= goal && build.take_over::<P>(pool).await?;
    loop {
        let at = worker.step().await?;
        if !live && at >= goal {
            live = build.take_over::<P>(pool).await?;
        }
    }
}

/// Leaves the reason where operators look; an unreachable database is in the process's own log already.
async fn note(pool: &PgPool, build: &Build, error: &ProjectionError) {
    let at = match error {
        ProjectionError::Read(
            ReadError::Event { seq, .. } | ReadError::Envelope { seq, .. } | ReadError::Gap { seq, .. },
        )
        | ProjectionError::Poison { position: seq, .. } => *seq,
        ProjectionError::Read(ReadError::Unavailable(_))
        | ProjectionError::Database(_)
        | ProjectionError::Overtaken
        | ProjectionError::Superseded { .. }
        | ProjectionError::Ended => return,
    };
    if let Err(unreachable) = checkpoint::note_stop(pool, build, at, &error.to_string()).await {
        tracing::warn!(projection = build.name, error = %unreachable, "the stop could not be noted");
    }
}

/// One worker on one build.
struct Worker<'a, P: Projection> {
    pool: &'a PgPool,
    build: Build,
    at: Seq,
    tail: futures::stream::ReadyChunks<eventstore::Tailing>,
    projection: std::marker::PhantomData<P>,
}

impl<'a, P: Projection> Worker<'a, P> {
    async fn open(pool: &'a PgPool, log: &Log, build: Build) -> Result<Self, ProjectionError> {
        let at = build.position(pool).await?.ok_or(ProjectionError::Overtaken)?;
        let tail = log.tail(at, Filter::Contexts(P::CONTEXTS)).await?;
        let tail = tail.ready_chunks(COMMITS_PER_TRANSACTION);
        Ok(Self { pool, build, at, tail, projection: std::marker::PhantomData })
    }

    /// Waits for commits, writes what they mean, and moves on.
    async fn step(&mut self) -> Result<Seq, ProjectionError> {
        let chunk = self.tail.next().await.ok_or(ProjectionError::Ended)?;
        let (steps, unreadable) = readable(chunk);
        match self.take(&steps).await {
            // Together they can't be written: one by one shows which of them it is.
            Err(ProjectionError::Poison { .. }) if steps.len() > 1 => {
                for step in &steps {
                    self.take(std::slice::from_ref(step)).await?;
                }
            }
            taken => taken?,
        }
        unreadable.map_or(Ok(self.at), |error| Err(error.into()))
    }

    /// Writes what these commits mean. What stands before a poison is written; the poison alone is left.
    async fn take(&mut self, steps: &[Tailed]) -> Result<(), ProjectionError> {
        let mut rows = Vec::new();
        let mut seen = self.at;
        let mut poison = None;
        for step in steps {
            match project::<P>(step) {
                Ok(more) => rows.extend(more),
                Err(error) => {
                    poison = Some(error);
                    break;
                }
            }
            seen = step.seq();
        }
        if seen > self.at {
            self.write(rows, seen).await?;
        }
        poison.map_or(Ok(()), |error| Err(error.into()))
    }

    /// The checkpoint moves first, so that a second worker waits for this one instead of writing the same rows.
    async fn write(&mut self, rows: Vec<P::Row>, seen: Seq) -> Result<(), ProjectionError> {
        let mut tx = self.pool.begin().await?;
        checkpoint::advance(&mut tx, &self.build, self.at, seen).await?;
        if !rows.is_empty() {
            let path = format!("SET LOCAL search_path TO {}, public", self.build.schema());
            sqlx::raw_sql(AssertSqlSafe(path)).execute(&mut *tx).await?;
            P::write(&mut tx, rows).await.map_err(|source| failed::<P>(source, seen))?;
        }
        tx.commit().await?;
        self.at = seen;
        Ok(())
    }
}

/// A write that failed for want of a connection says nothing about the rows.
fn failed<P: Projection>(source: sqlx::Error, position: Seq) -> ProjectionError {
    use sqlx::Error::{Io, PoolClosed, PoolTimedOut, Tls, WorkerCrashed};
    if matches!(source, Io(_) | Tls(_) | PoolTimedOut | PoolClosed | WorkerCrashed) {
        ProjectionError::Database(source)
    } else {
        ProjectionError::Poison { projection: P::NAME, position, source }
    }
}

/// The steps up to the first that can't be read, and why that one can't.
fn readable(chunk: Vec<Result<Tailed, ReadError>>) -> (Vec<Tailed>, Option<ReadError>) {
    let mut steps = Vec::with_capacity(chunk.len());
    for step in chunk {
        match step {
            Ok(step) => steps.push(step),
            Err(error) => return (steps, Some(error)),
        }
    }
    (steps, None)
}

fn project<P: Projection>(step: &Tailed) -> Result<Vec<P::Row>, ReadError> {
    match step {
        Tailed::Commit(recorded) => metrics::project::<P>(recorded),
        Tailed::Passed(_) => Ok(Vec::new()),
    }
}
