//! Members as operators see them: a standing, a grade and a date.

use chrono::{DateTime, Utc};
use kernel::id::MemberId;
use serde::Serialize;
use sqlx::PgPool;
use uuid::Uuid;

use crate::page::rows_to_fetch;
use crate::{Cursor, Page};

/// A member's account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    /// Whose.
    pub member: Uuid,
    /// `registered`, `active`, `dormant` or `withdrawn`.
    pub standing: String,
    /// `basic`, `silver`, `gold` or `vip`.
    pub grade: String,
    /// When they signed up.
    pub registered_at: DateTime<Utc>,
    /// The log position of its last commit.
    pub position: i64,
}

/// All members, the last signed up first.
pub async fn members(pool: &PgPool, cursor: Option<Cursor>, limit: u32) -> sqlx::Result<Page<Member>> {
    let items = sqlx::query_as!(
        Member,
        "SELECT member, standing, grade, registered_at, position FROM member_row
         WHERE $1::timestamptz IS NULL OR (registered_at, member) < ($1, $2::uuid)
         ORDER BY registered_at DESC, member DESC LIMIT $3",
        cursor.map(|cursor| cursor.at),
        cursor.map(|cursor| cursor.id),
        rows_to_fetch(limit)
    )
    .fetch_all(pool)
    .await?;
    Ok(Page::cut(items, limit, |row| Cursor { at: row.registered_at, id: row.member }))
}

/// One member.
pub async fn member(pool: &PgPool, member: MemberId) -> sqlx::Result<Option<Member>> {
    sqlx::query_as!(
        Member,
        "SELECT member, standing, grade, registered_at, position FROM member_row WHERE member = $1",
        member.0
    )
    .fetch_optional(pool)
    .await
}
