//! Builds of a read model: each in a schema of its own, one of them live behind the views in `public`.

use std::time::Duration;

use sqlx::{AssertSqlSafe, PgConnection, PgPool};

use crate::{Projection, ProjectionError};

/// Serialises the makers of builds; any constant that nobody else locks.
const BUILD_LOCK: i64 = 0x6a61_6e67;
/// The class of the locks, one per read model, that whoever reads the live build's own tables shares; any constant that
/// nobody else locks.
const LIVE_TABLES_LOCK: i32 = 0x6a61_6e69;
/// How often a take-over tries to find a gap between the readers.
const MAX_TAKE_OVER_ATTEMPTS: u32 = 100;
/// How long a take-over leaves the readers alone after it stepped back.
const STEP_BACK: Duration = Duration::from_millis(50);
/// What PostgreSQL says when a lock was not to be had: in time, or ever (a deadlock).
const NO_LOCK: [&str; 2] = ["55P03", "40P01"];

/// One build of a projection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Build {
    /// The projection's name.
    pub name: &'static str,
    /// The revision of its shape.
    pub revision: i32,
    /// The n-th build of this revision.
    pub build: i32,
}

impl Build {
    /// The schema that holds its tables.
    pub fn schema(&self) -> String {
        format!("{}_r{}_{}", self.name, self.revision, self.build)
    }

    /// The build to follow now: the live one of this release's revision, else a new one beside what is live. What a newer
    /// release has made live stays so: while two releases run, they must not take over from each other by turns.
    pub async fn current<P: Projection>(pool: &PgPool) -> Result<Self, ProjectionError> {
        let mut tx = pool.begin().await?;
        lock(&mut tx).await?;
        if let Some(revision) = newer_live::<P>(&mut tx).await? {
            return Err(ProjectionError::Superseded { revision });
        }
        let newest = sqlx::query!(
            "SELECT build, live FROM projection WHERE name = $1 AND revision = $2 ORDER BY live DESC, build DESC LIMIT 1",
            P::NAME,
            P::REVISION
        )
        .fetch_optional(&mut *tx)
        .await?;
        let build =
            Self { name: P::NAME, revision: P::REVISION, build: newest.as_ref().map_or(1, |row| row.build) };
        if newest.is_none() {
            build.create::<P>(&mut tx).await?;
        }
        tx.commit().await?;
        Ok(build)
    }

    /// A further build of the same revision, to be filled beside the live one.
    pub async fn another<P: Projection>(pool: &PgPool) -> Result<Self, ProjectionError> {
        let mut tx = pool.begin().await?;
        lock(&mut tx).await?;
        let last = sqlx::query_scalar!(
            r#"SELECT COALESCE(MAX(build), 0) AS "last!" FROM projection WHERE name = $1 AND revision = $2"#,
            P::NAME,
            P::REVISION
        )
        .fetch_one(&mut *tx)
        .await?;
        let build = Self { name: P::NAME, revision: P::REVISION, build: last + 1 };
        build.create::<P>(&mut tx).await?;
        tx.commit().await?;
        Ok(build)
    }

    /// Makes the tables; the very first build of a projection is live at once, for there is nothing else to show.
    async fn create<P: Projection>(&self, tx: &mut PgConnection) -> Result<(), ProjectionError> {
        let first = sqlx::query_scalar!(
            r#"SELECT NOT EXISTS (SELECT FROM projection WHERE name = $1 AND live) AS "first!""#,
            self.name
        )
        .fetch_one(&mut *tx)
        .await?;
        let ddl =
            format!("CREATE SCHEMA {0}; SET LOCAL search_path TO {0}, public; {1}", self.schema(), P::SCHEMA);
        sqlx::raw_sql(AssertSqlSafe(ddl)).execute(&mut *tx).await?;
        sqlx::raw_sql("SET LOCAL search_path TO public").execute(&mut *tx).await?;
        sqlx::query!(
            "INSERT INTO projection (name, revision, build, live) VALUES ($1, $2, $3, $4)",
            self.name,
            self.revision,
            self.build,
            first
        )
        .execute(&mut *tx)
        .await?;
        if first {
            self.show::<P>(tx).await?;
        }
        Ok(())
    }

    /// Takes over once this build has seen all that the live one has seen; a live build stays what it is. Readers change
    /// over between two queries. One that holds a view while it waits for the next would lock up with the change, so the
    /// change steps back, soon enough that PostgreSQL never picks the reader as the victim, and tries again, beginning with
    /// the view it could not have: so it comes to take them in the order in which the readers do.
    pub async fn take_over<P: Projection>(&self, pool: &PgPool) -> Result<bool, ProjectionError> {
        // A live build changes nothing, so it waits for nobody who reads its tables.
        if self.is_live(&mut *pool.acquire().await?).await? {
            return Ok(true);
        }
        let mut views = P::TABLES.to_vec();
        for _ in 1..MAX_TAKE_OVER_ATTEMPTS {
            match self.try_take_over::<P>(pool, &mut views).await {
                Err(ProjectionError::Database(error)) if no_lock(&error) => {
                    tokio::time::sleep(STEP_BACK).await;
                }
                outcome => return outcome,
            }
        }
        self.try_take_over::<P>(pool, &mut views).await
    }

    async fn try_take_over<P: Projection>(
        &self,
        pool: &PgPool,
        views: &mut [&'static str],
    ) -> Result<bool, ProjectionError> {
        let mut tx = pool.begin().await?;
        wait_for_live_readers::<P>(&mut tx).await?;
        keep_vacuum_out::<P>(&mut tx).await?;
        lock(&mut tx).await?;
        if self.is_live(&mut tx).await? {
            return Ok(true);
        }
        if self.is_behind_held_live(&mut tx).await? {
            return Ok(false);
        }
        hold_readers(&mut tx, views).await?;
        let replaced = self.mark_live(&mut tx).await?;
        self.show::<P>(&mut tx).await?;
        for old in replaced {
            sqlx::raw_sql(AssertSqlSafe(format!("DROP SCHEMA {} CASCADE", old.schema())))
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Takes a build that was never live away, tables and all.
    pub(crate) async fn remove(&self, pool: &PgPool) -> Result<(), ProjectionError> {
        let mut tx = pool.begin().await?;
        lock(&mut tx).await?;
        let gone = sqlx::query!(
            "DELETE FROM projection WHERE name = $1 AND revision = $2 AND build = $3 AND NOT live",
            self.name,
            self.revision,
            self.build
        )
        .execute(&mut *tx)
        .await?;
        if gone.rows_affected() == 1 {
            let schema = format!("DROP SCHEMA {} CASCADE", self.schema());
            sqlx::raw_sql(AssertSqlSafe(schema)).execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    async fn is_live(&self, tx: &mut PgConnection) -> Result<bool, ProjectionError> {
        let live = sqlx::query_scalar!(
            "SELECT live FROM projection WHERE name = $1 AND revision = $2 AND build = $3",
            self.name,
            self.revision,
            self.build
        );
        Ok(live.fetch_optional(tx).await?.unwrap_or(false))
    }

    /// Whether the live build has seen more of the log than this one. It sees no more until this transaction ends: its
    /// checkpoint is held, which each of its writes moves first. So what readers see never goes back.
    async fn is_behind_held_live(&self, tx: &mut PgConnection) -> Result<bool, ProjectionError> {
        let live = sqlx::query_scalar!(
            "SELECT position FROM projection WHERE name = $1 AND live FOR UPDATE",
            self.name
        )
        .fetch_optional(&mut *tx)
        .await?;
        let mine = sqlx::query_scalar!(
            "SELECT position FROM projection WHERE name = $1 AND revision = $2 AND build = $3",
            self.name,
            self.revision,
            self.build
        )
        .fetch_optional(tx)
        .await?;
        Ok(mine < live)
    }

    async fn mark_live(&self, tx: &mut PgConnection) -> Result<Vec<Self>, ProjectionError> {
        let replaced = sqlx::query!(
            "DELETE FROM projection WHERE name = $1 AND (revision, build) <> ($2, $3) RETURNING revision, build",
            self.name,
            self.revision,
            self.build
        )
        .fetch_all(&mut *tx)
        .await?;
        sqlx::query!(
            "UPDATE projection SET live = true WHERE name = $1 AND revision = $2 AND build = $3",
            self.name,
            self.revision,
            self.build
        )
        .execute(&mut *tx)
        .await?;
        let of = |revision, build| Self { name: self.name, revision, build };
        Ok(replaced.into_iter().map(|row| of(row.revision, row.build)).collect())
    }

    /// Points the views in `public` at this build's tables.
    async fn show<P: Projection>(&self, tx: &mut PgConnection) -> Result<(), ProjectionError> {
        let schema = self.schema();
        for table in P::TABLES {
            let view = format!(
                "DROP VIEW IF EXISTS public.{table}; CREATE VIEW public.{table} AS SELECT * FROM {schema}.{table}"
            );
            sqlx::raw_sql(AssertSqlSafe(view)).execute(&mut *tx).await?;
        }
        Ok(())
    }
}

/// The live revision, where it is newer than this release's.
async fn newer_live<P: Projection>(tx: &mut PgConnection) -> Result<Option<i32>, ProjectionError> {
    let newer = sqlx::query_scalar!(
        "SELECT revision FROM projection WHERE name = $1 AND live AND revision > $2",
        P::NAME,
        P::REVISION
    );
    Ok(newer.fetch_optional(tx).await?)
}

/// Keeps the live build live, its tables in place, until this connection is closed.
pub(crate) async fn hold_live<P: Projection>(db: &mut PgConnection) -> Result<(), ProjectionError> {
    sqlx::query!(
        r#"SELECT pg_advisory_lock_shared($1, hashtext($2))::text AS "held""#,
        LIVE_TABLES_LOCK,
        P::NAME
    )
    .fetch_one(db)
    .await?;
    Ok(())
}

/// Waits for whoever holds the live build, and keeps others from it until the end of the transaction.
async fn wait_for_live_readers<P: Projection>(tx: &mut PgConnection) -> Result<(), ProjectionError> {
    sqlx::query!(
        r#"SELECT pg_advisory_xact_lock($1, hashtext($2))::text AS "locked""#,
        LIVE_TABLES_LOCK,
        P::NAME
    )
    .fetch_one(tx)
    .await?;
    Ok(())
}

/// Waits for a vacuum of the live tables, and keeps the next one from them until the end of the transaction. It would hold
/// the take-over up longer than readers may be; nobody minds this wait, and PostgreSQL calls its own vacuum off for it.
async fn keep_vacuum_out<P: Projection>(tx: &mut PgConnection) -> Result<(), ProjectionError> {
    for view in P::TABLES {
        lock_view(tx, view, "SHARE UPDATE EXCLUSIVE").await?;
    }
    Ok(())
}

async fn lock(tx: &mut PgConnection) -> Result<(), ProjectionError> {
    sqlx::query!(r#"SELECT pg_advisory_xact_lock($1)::text AS "locked""#, BUILD_LOCK).fetch_one(tx).await?;
    Ok(())
}

/// Takes every view in turn; waits a tenth of the time after which PostgreSQL looks for deadlocks. One that can't be had
/// is the first of the next time.
async fn hold_readers(tx: &mut PgConnection, views: &mut [&'static str]) -> Result<(), ProjectionError> {
    sqlx::raw_sql("SET LOCAL lock_timeout = '100ms'").execute(&mut *tx).await?;
    let mut held = 0;
    let outcome = loop {
        let Some(view) = views.get(held) else { return Ok(()) };
        match lock_view(tx, view, "ACCESS EXCLUSIVE").await {
            Ok(()) => held += 1,
            Err(error) => break Err(error),
        }
    };
    if let Some(tried) = views.get_mut(..=held) {
        tried.rotate_right(1);
    }
    outcome
}

/// Locks a view, where there is one, and the table behind it.
async fn lock_view(tx: &mut PgConnection, view: &str, mode: &str) -> Result<(), ProjectionError> {
    let shown = sqlx::query_scalar!("SELECT to_regclass($1)::text", format!("public.{view}"));
    if shown.fetch_one(&mut *tx).await?.is_some() {
        let lock = format!("LOCK TABLE public.{view} IN {mode} MODE");
        sqlx::raw_sql(AssertSqlSafe(lock)).execute(tx).await?;
    }
    Ok(())
}

fn no_lock(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    code.is_some_and(|code| NO_LOCK.contains(&&*code))
}
