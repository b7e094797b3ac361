//! What operators do about a read model that has stopped: have it tried again, or skip the commit that stopped it.
//!
//! A skip belongs to the position: every build of that read model leaves the commit out, the next rebuild too, so that
//! builds stay equal; all other commits of its transaction are written. Whoever can read the commit later withdraws the
//! skip and rebuilds. Each intervention is kept with who, when, why and what had stopped the read model. Never here: a
//! change to the log.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use eventstore::Seq;
use sqlx::{PgConnection, PgPool};

use crate::checkpoint::{position, seq};

/// Who intervenes, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// Who, as operators know each other.
    pub by: String,
    /// Why; never empty.
    pub text: String,
}

/// Where a read model stopped, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// The position where it can't go on.
    pub position: Seq,
    /// Why it can't.
    pub why: String,
}

/// What an operator did about a read model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intervention {
    /// The read model.
    pub name: String,
    /// The position that it is about.
    pub position: i64,
    /// `retry`, `skip` or `withdraw`.
    pub kind: String,
    /// What had stopped the read model there.
    pub error: String,
    /// Why the operator did it.
    pub reason: String,
    /// Who it was.
    pub made_by: String,
    /// When, by the database's clock.
    pub made_at: DateTime<Utc>,
}

/// Why an intervention is refused.
#[derive(Debug, thiserror::Error)]
pub enum InterventionError {
    /// No build of such a read model exists.
    #[error("there is no read model `{name}`")]
    Unknown {
        /// The name asked for.
        name: String,
    },
    /// It runs, so there is nothing to retry or skip.
    #[error("the read model {name} has not stopped")]
    NotStopped {
        /// The read model.
        name: String,
    },
    /// It stopped at another position: only the commit that stops it can be skipped.
    #[error("the read model {name} stopped at position {stopped_at}, not at {asked}")]
    StoppedElsewhere {
        /// The read model.
        name: String,
        /// Where it stopped.
        stopped_at: Seq,
        /// The position asked for.
        asked: Seq,
    },
    /// No skip of this position is in force.
    #[error("the read model {name} does not skip position {position}")]
    NotSkipped {
        /// The read model.
        name: String,
        /// The position asked for.
        position: Seq,
    },
    /// An intervention says why.
    #[error("an intervention needs a reason and a name")]
    NoReason,
    /// PostgreSQL refused or can't be reached.
    #[error("the read models' database: {0}")]
    Database(#[from] sqlx::Error),
}

/// Has a stopped read model tried again at once, and notes why. Without it, it is tried again every second all the same.
pub async fn retry(pool: &PgPool, name: &str, reason: &Reason) -> Result<Stop, InterventionError> {
    let mut tx = pool.begin().await?;
    let stops = stops(&mut tx, name).await?;
    let stop =
        stops.into_iter().next().ok_or_else(|| InterventionError::NotStopped { name: name.to_owned() })?;
    record(&mut tx, name, "retry", &stop, reason).await?;
    tx.commit().await?;
    Ok(stop)
}

/// Leaves the commit out that a read model stopped at. Any other position is refused: nothing is skipped in advance.
pub async fn skip(pool: &PgPool, name: &str, asked: Seq, reason: &Reason) -> Result<Stop, InterventionError> {
    let mut tx = pool.begin().await?;
    let stops = stops(&mut tx, name).await?;
    let elsewhere = stops.first().map(|stop| stop.position);
    let Some(stop) = stops.into_iter().find(|stop| stop.position == asked) else {
        let name = name.to_owned();
        return Err(match elsewhere {
            Some(stopped_at) => InterventionError::StoppedElsewhere { name, stopped_at, asked },
            None => InterventionError::NotStopped { name },
        });
    };
    record(&mut tx, name, "skip", &stop, reason).await?;
    tell_workers(&mut tx, name).await?;
    tx.commit().await?;
    Ok(stop)
}

/// Takes a skip back: builds made from now on read the commit again. The live one goes on without it until a rebuild.
pub async fn withdraw(
    pool: &PgPool,
    name: &str,
    position: Seq,
    reason: &Reason,
) -> Result<(), InterventionError> {
    let mut tx = pool.begin().await?;
    if !skips(&mut tx, name).await?.contains(&position) {
        return Err(InterventionError::NotSkipped { name: name.to_owned(), position });
    }
    let stop = Stop { position, why: String::new() };
    record(&mut tx, name, "withdraw", &stop, reason).await?;
    tell_workers(&mut tx, name).await?;
    tx.commit().await?;
    Ok(())
}

/// Every intervention, by read model and in the order they were made.
pub async fn interventions(pool: &PgPool) -> Result<Vec<Intervention>, sqlx::Error> {
    sqlx::query_as!(
        Intervention,
        "SELECT name, position, kind, error, reason, made_by, made_at FROM projection_intervention ORDER BY name, id"
    )
    .fetch_all(pool)
    .await
}

/// The positions that every build of a read model leaves out: those whose skip wasn't withdrawn.
pub(crate) async fn skips(db: &mut PgConnection, name: &str) -> Result<BTreeSet<Seq>, sqlx::Error> {
    let positions = sqlx::query_scalar!(
        "SELECT position FROM (
             SELECT DISTINCT ON (position) position, kind FROM public.projection_intervention
             WHERE name = $1 AND kind IN ('skip', 'withdraw') ORDER BY position, id DESC
         ) last WHERE kind = 'skip'",
        name
    )
    .fetch_all(db)
    .await?;
    Ok(positions.into_iter().map(seq).collect())
}

/// Where builds of a read model stand still, the live one's first. They are held, so that two operators take turns.
async fn stops(tx: &mut PgConnection, name: &str) -> Result<Vec<Stop>, InterventionError> {
    let builds = sqlx::query!(
        "SELECT stopped_at, stopped_why FROM projection WHERE name = $1 ORDER BY live DESC, revision, build FOR UPDATE",
        name
    )
    .fetch_all(tx)
    .await?;
    if builds.is_empty() {
        return Err(InterventionError::Unknown { name: name.to_owned() });
    }
    let stop = |at: i64, why| Stop { position: seq(at), why };
    Ok(builds.into_iter().filter_map(|build| Some(stop(build.stopped_at?, build.stopped_why?))).collect())
}

/// Keeps the intervention; the note of the stop goes, so that a further one is seen.
async fn record(
    tx: &mut PgConnection,
    name: &str,
    kind: &str,
    stop: &Stop,
    reason: &Reason,
) -> Result<(), InterventionError> {
    if reason.by.trim().is_empty() || reason.text.trim().is_empty() {
        return Err(InterventionError::NoReason);
    }
    sqlx::query!(
        "INSERT INTO projection_intervention (name, position, kind, error, reason, made_by) VALUES ($1, $2, $3, $4, $5, $6)",
        name,
        position(stop.position),
        kind,
        stop.why,
        reason.text,
        reason.by
    )
    .execute(&mut *tx)
    .await?;
    sqlx::query!(
        "UPDATE projection SET stopped_at = NULL, stopped_why = NULL WHERE name = $1 AND stopped_at = $2",
        name,
        position(stop.position)
    )
    .execute(tx)
    .await?;
    Ok(())
}

/// Has every worker on this read model begin anew: one that doesn't know what is skipped now moves no checkpoint.
async fn tell_workers(tx: &mut PgConnection, name: &str) -> Result<(), sqlx::Error> {
    sqlx::query!("UPDATE projection SET skips_version = skips_version + 1 WHERE name = $1", name)
        .execute(tx)
        .await?;
    Ok(())
}
