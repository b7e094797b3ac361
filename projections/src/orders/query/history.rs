//! An order's timeline.

use chrono::{DateTime, Utc};
use kernel::id::OrderId;
use serde::Serialize;
use serde_json::Value;
use sqlx::PgPool;
use uuid::Uuid;

/// The most entries told of one order, far beyond any real one.
pub const HISTORY_MAX: i64 = 10_000;

/// Something that happened to an order, its payment, one of its shipments or claims.
#[derive(Debug, Clone, Serialize)]
pub struct HistoryEntry {
    /// Where it stands in the log.
    pub position: i64,
    /// Which event of that commit, from 0.
    pub ordinal: i32,
    /// When it happened; a scan may be learned long after.
    pub at: DateTime<Utc>,
    /// `order`, `payment`, `shipping` or `claim`.
    pub context: String,
    /// The event's wire name, e.g. `lines_shipped`.
    pub event: String,
    /// `guest`, `shopper`, `merchant`, `operator` or `system`.
    pub actor_kind: String,
    /// Who, or which part of the system.
    pub actor_id: Option<String>,
    /// Everything that followed from one request shares it.
    pub correlation_id: Uuid,
    /// A few words: ids, amounts, reasons.
    pub detail: Value,
}

/// What happened to an order, in the order of the log.
pub async fn history(pool: &PgPool, order: OrderId) -> sqlx::Result<Vec<HistoryEntry>> {
    sqlx::query_as!(
        HistoryEntry,
        "SELECT position, ordinal, at, context, event, actor_kind, actor_id, correlation_id, detail
         FROM order_history WHERE order_id = $1 ORDER BY position, ordinal LIMIT $2",
        order.0,
        HISTORY_MAX
    )
    .fetch_all(pool)
    .await
}
