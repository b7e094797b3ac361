//! Operators with their roles.

use chrono::{DateTime, Utc};
use kernel::id::OperatorId;
use serde::Serialize;
use sqlx::PgPool;
use uuid::Uuid;

use crate::page::rows_to_fetch;
use crate::{Cursor, Page};

/// An operator's account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Operator {
    /// Whose.
    pub operator: Uuid,
    /// The staff name.
    pub name: String,
    /// The roles, in snake case.
    pub roles: Vec<String>,
    /// Whether they may sign in.
    pub enabled: bool,
    /// Since when the account exists.
    pub created_at: DateTime<Utc>,
    /// The log position of its last commit.
    pub position: i64,
}

/// All operators, the newest first.
pub async fn operators(pool: &PgPool, cursor: Option<Cursor>, limit: u32) -> sqlx::Result<Page<Operator>> {
    let items = sqlx::query_as!(
        Operator,
        "SELECT operator, name, roles, enabled, created_at, position FROM operator_row
         WHERE $1::timestamptz IS NULL OR (created_at, operator) < ($1, $2::uuid)
         ORDER BY created_at DESC, operator DESC LIMIT $3",
        cursor.map(|cursor| cursor.at),
        cursor.map(|cursor| cursor.id),
        rows_to_fetch(limit)
    )
    .fetch_all(pool)
    .await?;
    Ok(Page::cut(items, limit, |row| Cursor { at: row.created_at, id: row.operator }))
}

/// One operator.
pub async fn operator(pool: &PgPool, operator: OperatorId) -> sqlx::Result<Option<Operator>> {
    sqlx::query_as!(
        Operator,
        "SELECT operator, name, roles, enabled, created_at, position FROM operator_row WHERE operator = $1",
        operator.0
    )
    .fetch_optional(pool)
    .await
}
