//! Snapshots of long aggregates, kept in PostgreSQL. One that another release's states and folds made is not read.

use async_trait::async_trait;
use eventstore::{Seq, Snapshot, Snapshots, StreamName};
use kernel::id::CommitId;
use sqlx::PgPool;

/// Names the states and folds of this build.
const DOMAINS: &str = env!("DOMAINS_HASH");

/// The table `aggregate_snapshot`, for one log.
#[derive(Debug, Clone)]
pub struct StoredSnapshots {
    pool: PgPool,
    prefix: String,
}

impl StoredSnapshots {
    /// The snapshots of the log with this prefix.
    pub const fn new(pool: PgPool, prefix: String) -> Self {
        Self { pool, prefix }
    }

    async fn read(&self, stream: &StreamName) -> sqlx::Result<Option<Snapshot>> {
        let found = sqlx::query!(
            "SELECT version, commit_id, body FROM aggregate_snapshot
             WHERE prefix = $1 AND stream = $2 AND domains = $3",
            self.prefix,
            stream.as_str(),
            DOMAINS
        );
        let found = found.fetch_optional(&self.pool).await?;
        Ok(found.map(|row| Snapshot {
            stream: stream.clone(),
            version: Seq(row.version.unsigned_abs()),
            commit: CommitId(row.commit_id),
            body: row.body,
        }))
    }

    /// A newer one stays; another release's goes.
    async fn write(&self, snapshot: &Snapshot) -> sqlx::Result<()> {
        sqlx::query!(
            "INSERT INTO aggregate_snapshot AS kept (prefix, stream, domains, version, commit_id, body)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (prefix, stream) DO UPDATE
             SET domains = EXCLUDED.domains, version = EXCLUDED.version,
                 commit_id = EXCLUDED.commit_id, body = EXCLUDED.body
             WHERE kept.domains <> EXCLUDED.domains OR kept.version < EXCLUDED.version",
            self.prefix,
            snapshot.stream.as_str(),
            DOMAINS,
            i64::try_from(snapshot.version.0).unwrap_or(i64::MAX),
            snapshot.commit.0,
            snapshot.body
        )
        .execute(&self.pool)
        .await?;
        Ok(())
    }
}

#[async_trait]
impl Snapshots for StoredSnapshots {
    async fn newest(&self, stream: &StreamName) -> Option<Snapshot> {
        match self.read(stream).await {
            Ok(found) => found,
            Err(error) => {
                tracing::warn!(%stream, %error, "a snapshot can't be read: the aggregate is folded from its beginning");
                None
            }
        }
    }

    async fn keep(&self, snapshot: Snapshot) {
        if let Err(error) = self.write(&snapshot).await {
            tracing::warn!(stream = %snapshot.stream, %error, "a snapshot can't be kept");
        }
    }
}
