//! The database's schema: read models' bookkeeping, keys, sandboxes. The read models' own tables come with their builds.

use sqlx::PgPool;
use sqlx::migrate::Migrator;

/// The files in `migrations/`, embedded.
static MIGRATOR: Migrator = sqlx::migrate!("./migrations");

/// Applies what is missing.
pub async fn apply(pool: &PgPool) -> Result<(), sqlx::migrate::MigrateError> {
    MIGRATOR.run(pool).await
}

/// Whether nothing is missing.
pub async fn are_applied(pool: &PgPool) -> Result<bool, sqlx::Error> {
    let table: Option<String> =
        sqlx::query_scalar("SELECT to_regclass('_sqlx_migrations')::text").fetch_one(pool).await?;
    if table.is_none() {
        return Ok(false);
    }
    let applied: Option<i64> =
        sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations WHERE success").fetch_one(pool).await?;
    let newest = MIGRATOR.iter().map(|migration| migration.version).max();
    Ok(applied >= newest)
}
