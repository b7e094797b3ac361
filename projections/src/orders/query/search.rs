//! The back office's search over all orders, and how many stand where.

use chrono::{DateTime, Utc};
use kernel::MallId;
use kernel::id::MemberId;
use serde::Serialize;
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use super::prefix::bounds;
use super::view::{OrderView, select_orders};
use crate::orders::row::{Group, Line};
use crate::page::{Cursor, Page, rows_to_fetch};

/// What an operator looks for; every condition that is said must hold.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// The beginning of the order's id, hyphens aside.
    pub id_prefix: Option<String>,
    /// Who bought.
    pub member: Option<MemberId>,
    /// Where it was placed.
    pub mall: Option<MallId>,
    /// The order's status.
    pub status: Option<String>,
    /// Placed at or after this.
    pub placed_from: Option<DateTime<Utc>>,
    /// Placed before this.
    pub placed_until: Option<DateTime<Utc>>,
}

/// The orders looked for, the newest first.
pub async fn search(
    pool: &PgPool,
    wanted: &Search,
    after: Option<Cursor>,
    limit: u32,
) -> sqlx::Result<Page<OrderView>> {
    let Some((first, last)) = bounds(wanted.id_prefix.as_deref().unwrap_or_default()) else {
        return Ok(Page { items: Vec::new(), next: None });
    };
    let after = after.unwrap_or_else(Cursor::newest);
    let orders = select_orders!(
        "WHERE head.order_id BETWEEN $2 AND $3 AND ($4::uuid IS NULL OR head.member = $4)
           AND ($5::text IS NULL OR head.mall = $5) AND ($6::text IS NULL OR head.status = $6)
           AND ($7::timestamptz IS NULL OR head.placed_at >= $7) AND ($8::timestamptz IS NULL OR head.placed_at < $8)
           AND (head.placed_at, head.order_id) < ($9, $10)
         ORDER BY head.placed_at DESC, head.order_id DESC LIMIT $11",
        None::<Uuid>,
        first,
        last,
        wanted.member.map(|member| member.0),
        wanted.mall.as_ref().map(MallId::as_str),
        wanted.status.as_deref(),
        wanted.placed_from,
        wanted.placed_until,
        after.at,
        after.id,
        rows_to_fetch(limit)
    );
    // Planned anew each time: one plan for any set of conditions would fit none.
    let mut tx = pool.begin().await?;
    sqlx::raw_sql("SET LOCAL plan_cache_mode TO force_custom_plan").execute(&mut *tx).await?;
    let orders = orders.fetch_all(&mut *tx).await?;
    tx.commit().await?;
    Ok(Page::cut(orders, limit, OrderView::cursor))
}

/// How many orders have a status.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatusCount {
    /// The status.
    pub status: String,
    /// How many.
    pub orders: i64,
}

/// How many orders stand where, in one mall or in all.
pub async fn counts_by_status(pool: &PgPool, mall: Option<&MallId>) -> sqlx::Result<Vec<StatusCount>> {
    sqlx::query_as!(
        StatusCount,
        r#"SELECT status, COUNT(*) AS "orders!" FROM order_head WHERE $1::text IS NULL OR mall = $1
           GROUP BY status ORDER BY status"#,
        mall.map(MallId::as_str)
    )
    .fetch_all(pool)
    .await
}
