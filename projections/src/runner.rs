//! Following the log with the build that is to be live, and building a read model anew beside it.

use std::time::Duration;

use eventstore::{Log, Seq};
use sqlx::PgPool;
use tokio::time::Instant;

use crate::news::News;
use crate::worker::Worker;
use crate::{Build, Projection, ProjectionError, checkpoint};

pub use crate::reader::COMMITS_PER_TRANSACTION;

/// How long a stopped projection rests before it looks again.
const REST: Duration = Duration::from_secs(1);
/// How far apart a read model's transactions begin while it follows the log: what is committed meanwhile shares the next.
const PACE: Duration = Duration::from_millis(25);
/// The same where much is committed.
const BUSY_PACE: Duration = Duration::from_millis(500);
/// How many positions one transaction passes where much is committed.
const BUSY: usize = 32;

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
/// position after each transaction. A build that can't be finished is taken away again.
pub async fn rebuild<P: Projection>(
    pool: &PgPool,
    log: &Log,
    progress: impl FnMut(Seq),
) -> Result<Build, ProjectionError> {
    let build = Build::another::<P>(pool).await?;
    let filled = fill::<P>(pool, log, &build, progress).await;
    if filled.is_err() {
        build.remove(pool).await?;
    }
    filled.map(|()| build)
}

/// Fills a build until it has taken over.
async fn fill<P: Projection>(
    pool: &PgPool,
    log: &Log,
    build: &Build,
    mut progress: impl FnMut(Seq),
) -> Result<(), ProjectionError> {
    let mut worker = Worker::<P>::open(pool, log, build.clone()).await?;
    let goal = log.head().await?;
    while worker.position() < goal || !build.take_over::<P>(pool).await? {
        progress(worker.step().await?);
    }
    Ok(())
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
    let mut live = worker.position() >= goal && build.take_over::<P>(pool).await?;
    loop {
        let (began, before) = (Instant::now(), worker.position());
        let at = worker.step().await?;
        if !live && at >= goal {
            live = build.take_over::<P>(pool).await?;
        }
        // Who has yet to catch up doesn't rest.
        if at >= goal {
            tokio::time::sleep_until(began + pace(at.0.saturating_sub(before.0))).await;
        }
    }
}

/// How long after a transaction that passed so many positions the next one begins. Behind a full one more waits already.
fn pace(passed: u64) -> Duration {
    match usize::try_from(passed).unwrap_or(usize::MAX) {
        ..BUSY => PACE,
        BUSY..COMMITS_PER_TRANSACTION => BUSY_PACE,
        COMMITS_PER_TRANSACTION.. => Duration::ZERO,
    }
}

/// Leaves the reason where operators look. An unreachable log or database is in the process's own log already.
async fn note(pool: &PgPool, build: &Build, error: &ProjectionError) {
    let Some(at) = error.position() else { return };
    if let Err(unreachable) = checkpoint::note_stop(pool, build, at, &error.to_string()).await {
        tracing::warn!(projection = build.name, error = %unreachable, "the stop could not be noted");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_read_model_rests_less_often_the_more_there_is_and_never_while_more_waits_than_it_takes_at_once() {
        let paces = [1, 31, 32, 4_999, 5_000, u64::MAX].map(pace);
        assert_eq!(paces, [PACE, PACE, BUSY_PACE, BUSY_PACE, Duration::ZERO, Duration::ZERO]);
    }
}
