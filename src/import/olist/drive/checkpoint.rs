//! How far an import is, and what rules refused, in PostgreSQL. Never here: what the data alone tells.

use kernel::Timestamp;
use sha2::{Digest, Sha256};
use sqlx::PgPool;

use crate::import::olist::finding::{Finding, Reason};
use crate::import::olist::plan::Plan;

/// How far an import is.
#[derive(Debug)]
pub(super) struct Checkpoint {
    source: String,
    pub(super) registered: bool,
    pub(super) done_until: Option<Timestamp>,
}

impl Checkpoint {
    /// Of an import that has done nothing yet.
    pub(super) fn start(source: &str) -> Self {
        Self { source: source.to_owned(), registered: false, done_until: None }
    }

    /// Where an import is; `None` where it never began.
    pub(super) async fn read(pool: &PgPool, source: &str) -> sqlx::Result<Option<Self>> {
        let kept =
            sqlx::query!("SELECT registered, done_until FROM import_checkpoint WHERE source = $1", source)
                .fetch_optional(pool)
                .await?;
        let (source, at) = (source.to_owned(), kept.map(|row| (row.registered, row.done_until)));
        Ok(at.map(|(registered, done_until)| Self { source, registered, done_until }))
    }

    /// Whether a window that ends then is done.
    pub(super) fn is_after(&self, until: Timestamp) -> bool {
        self.done_until.is_some_and(|done| done >= until)
    }

    pub(super) async fn registered(&mut self, pool: &PgPool) -> sqlx::Result<()> {
        self.registered = true;
        self.save(pool).await
    }

    pub(super) async fn done(&mut self, pool: &PgPool, until: Timestamp) -> sqlx::Result<()> {
        self.done_until = Some(until);
        self.save(pool).await
    }

    pub(super) async fn save(&self, pool: &PgPool) -> sqlx::Result<()> {
        sqlx::query!(
            "INSERT INTO import_checkpoint (source, registered, done_until) VALUES ($1, $2, $3)
             ON CONFLICT (source) DO UPDATE SET registered = EXCLUDED.registered, done_until = EXCLUDED.done_until,
                 updated_at = now()",
            self.source,
            self.registered,
            self.done_until
        )
        .execute(pool)
        .await?;
        Ok(())
    }
}

/// Notes that a rule refused a command; to note it again is no error.
pub(super) async fn note(pool: &PgPool, source: &str, key: &str, detail: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO import_finding (source, reason, key, detail) VALUES ($1, 'command_refused', $2, $3)
         ON CONFLICT DO NOTHING",
        source,
        key,
        detail
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// What rules refused so far.
pub(super) async fn findings(pool: &PgPool, source: &str) -> sqlx::Result<Vec<Finding>> {
    let rows =
        sqlx::query!("SELECT key, detail FROM import_finding WHERE source = $1 ORDER BY key, detail", source)
            .fetch_all(pool)
            .await?;
    let finding = |key: String, detail: String| Finding::new(Reason::CommandRefused, key).because(detail);
    Ok(rows.into_iter().map(|row| finding(row.key, row.detail)).collect())
}

/// A name for what a plan does: other data, or another way to plan it, is another import.
pub(super) fn digest(plan: &Plan) -> String {
    let mut hash = Sha256::new();
    for order in &plan.orders {
        hash.update(format!("{} {} {:?}\n", order.order, order.total_cents, order.steps));
    }
    for window in &plan.windows {
        hash.update(format!("{}\n", window.until));
    }
    hex::encode(hash.finalize())
}
