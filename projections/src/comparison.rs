//! Whether a live read model is what the log says: its tables against a fold of the log up to the very same position.
//!
//! The fold is a build in a schema of its own that nobody sees and that is never switched to. The live tables are read in
//! one snapshot, together with their checkpoint; so neither readers nor workers wait, and both sides end at one position.
//! Only a change of builds waits, for as long as the live tables are read.

use eventstore::{Log, Seq};
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgPool};

use crate::build::hold_live;
use crate::checksum::{Checksum, Difference, checksum, difference};
use crate::worker::Worker;
use crate::{Projection, ProjectionError, checkpoint};

/// Serialises comparisons, a read model at a time; the class of an advisory lock that nobody else takes.
const COMPARISON_LOCK: i32 = 0x6a61_6e68;

/// A live read model beside the fold of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The position that both have seen.
    pub position: Seq,
    /// Its tables.
    pub tables: Vec<ComparedTable>,
}

/// One table, live and folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedTable {
    /// Its name.
    pub table: &'static str,
    /// What the live one holds.
    pub live: Checksum,
    /// What the fold holds.
    pub fold: Checksum,
    /// Rows that only one of them holds: the live one first. `None` where the checksums are equal.
    pub difference: Option<Difference>,
}

/// Why a read model could not be compared.
#[derive(Debug, thiserror::Error)]
pub enum ComparisonError {
    /// It was never built.
    #[error("it is not built yet")]
    NotBuilt,
    /// Another release's shape is live.
    #[error("revision {live} is live, this release makes revision {mine}")]
    OtherRevision {
        /// The live revision.
        live: i32,
        /// This release's.
        mine: i32,
    },
    /// Somebody compares it already.
    #[error("it is being compared already")]
    Busy,
    /// The log could not be folded up to the live position.
    #[error(transparent)]
    Fold(#[from] ProjectionError),
}

impl From<sqlx::Error> for ComparisonError {
    fn from(error: sqlx::Error) -> Self {
        Self::Fold(error.into())
    }
}

impl Comparison {
    /// Whether every table is equal.
    pub fn is_equal(&self) -> bool {
        self.tables.iter().all(|table| table.difference.is_none())
    }
}

/// Compares a live read model with the log. `progress` hears how far the fold is.
pub async fn compare<P: Projection>(
    pool: &PgPool,
    log: &Log,
    progress: impl FnMut(Seq),
) -> Result<Comparison, ComparisonError> {
    let mut lock = take_turn::<P>(pool).await?;
    let schema = format!("{}_fold", P::NAME);
    let drop = format!("DROP SCHEMA IF EXISTS {schema} CASCADE");
    // One that was killed leaves its schema.
    sqlx::raw_sql(AssertSqlSafe(drop.clone())).execute(&mut lock).await?;
    let made = format!("CREATE SCHEMA {schema}; SET search_path TO {schema}, public; {}", P::SCHEMA);
    sqlx::raw_sql(AssertSqlSafe(made)).execute(&mut lock).await?;
    let compared = compare_with::<P>((pool, log), &schema, &mut lock, progress).await;
    // A server that is told goodbye keeps a connection's locks for a moment; whoever compares next is not to meet them.
    let end = format!("{drop}; SELECT pg_advisory_unlock_all()");
    sqlx::raw_sql(AssertSqlSafe(end)).execute(&mut lock).await?;
    lock.close().await?;
    compared
}

async fn compare_with<P: Projection>(
    (pool, log): (&PgPool, &Log),
    schema: &str,
    fold: &mut PgConnection,
    mut progress: impl FnMut(Seq),
) -> Result<Comparison, ComparisonError> {
    let mut worker = Worker::<P>::open_scratch(pool, log, schema.to_owned()).await?;
    // Most of the way without a snapshot, which would keep PostgreSQL from clearing up behind the workers.
    let (near, _) = live::<P>(&mut *pool.acquire().await?).await?;
    follow_to(&mut worker, near, &mut progress).await?;
    hold_live::<P>(fold).await?;
    let mut snapshot = pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
    let (position, shown) = live::<P>(&mut snapshot).await?;
    follow_to(&mut worker, position, &mut progress).await?;
    let mut tables = Vec::with_capacity(P::TABLES.len());
    for table in P::TABLES {
        let (of_live, of_fold) = (format!("{shown}.{table}"), format!("{schema}.{table}"));
        let (live, folded) = (checksum(&mut snapshot, &of_live).await?, checksum(fold, &of_fold).await?);
        let difference = if live == folded {
            None
        } else {
            Some(difference((&mut snapshot, &of_live), (&mut *fold, &of_fold)).await?)
        };
        tables.push(ComparedTable { table, live, fold: folded, difference });
    }
    Ok(Comparison { position, tables })
}

async fn follow_to<P: Projection>(
    worker: &mut Worker<'_, P>,
    goal: Seq,
    progress: &mut impl FnMut(Seq),
) -> Result<(), ProjectionError> {
    while worker.position() < goal {
        progress(worker.step_to(goal).await?);
    }
    Ok(())
}

/// Where the live build stands, and its schema.
async fn live<P: Projection>(db: &mut PgConnection) -> Result<(Seq, String), ComparisonError> {
    let live =
        sqlx::query!("SELECT revision, build, position FROM projection WHERE name = $1 AND live", P::NAME)
            .fetch_optional(db)
            .await?
            .ok_or(ComparisonError::NotBuilt)?;
    if live.revision != P::REVISION {
        return Err(ComparisonError::OtherRevision { live: live.revision, mine: P::REVISION });
    }
    let build = crate::Build { name: P::NAME, revision: live.revision, build: live.build };
    Ok((checkpoint::seq(live.position), build.schema()))
}

/// A connection that holds the right to compare this read model until it is closed, however that comes.
async fn take_turn<P: Projection>(pool: &PgPool) -> Result<PgConnection, ComparisonError> {
    let mut lock = pool.acquire().await?.detach();
    let mine = sqlx::query_scalar!(
        r#"SELECT pg_try_advisory_lock($1, hashtext($2)) AS "mine!""#,
        COMPARISON_LOCK,
        P::NAME
    );
    if mine.fetch_one(&mut lock).await? { Ok(lock) } else { Err(ComparisonError::Busy) }
}
