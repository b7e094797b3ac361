//! Statements: lists, one with all its figures, and the balances it took over.

use chrono::{DateTime, Utc};
use kernel::id::{MerchantId, StatementId};
use kernel::{MallId, Timestamp};
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use uuid::Uuid;

use crate::books::phase::StatementPhase;
use crate::page::{Page, rows_to_fetch};

/// A statement (정산서). Amounts are minor units of its currency; while open they are the sums so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the statement's events, documented there")]
pub struct Statement {
    pub statement: Uuid,
    pub merchant: Uuid,
    pub mall: String,
    pub currency: String,
    pub period_from: DateTime<Utc>,
    pub period_until: DateTime<Utc>,
    /// A [`StatementPhase`] by name.
    pub phase: String,
    pub items: i32,
    pub sale_minor: i64,
    pub discount_merchant_minor: i64,
    pub discount_platform_minor: i64,
    pub points_minor: i64,
    pub shipping_minor: i64,
    pub commission_minor: i64,
    pub commission_vat_minor: i64,
    pub net_minor: i64,
    pub taxable_minor: i64,
    pub tax_free_minor: i64,
    pub zero_rated_minor: i64,
    pub carried_in_minor: i64,
    /// Net and carried in together.
    pub due_minor: i64,
    /// Its hash, once closed.
    pub sha256: Option<String>,
    /// The payout asked for last.
    pub payout: Option<Uuid>,
    pub payout_attempt: Option<i32>,
    pub bank_reference: Option<String>,
    /// Why the last payout that failed did.
    pub payout_failure: Option<String>,
    pub carry_reason: Option<String>,
    pub opened_at: DateTime<Utc>,
    pub closed_at: Option<DateTime<Utc>>,
    pub confirmed_at: Option<DateTime<Utc>>,
    pub payout_requested_at: Option<DateTime<Utc>>,
    pub payout_failed_at: Option<DateTime<Utc>>,
    pub paid_at: Option<DateTime<Utc>>,
    pub carried_over_at: Option<DateTime<Utc>>,
    /// The log position of its last commit: its version.
    pub position: i64,
}

/// Which statements to list; `None` is all.
#[derive(Debug, Clone, Default)]
pub struct StatementFilter {
    /// Of this merchant.
    pub merchant: Option<MerchantId>,
    /// Of this mall.
    pub mall: Option<MallId>,
    /// That stand here.
    pub phase: Option<StatementPhase>,
    /// Whose period begins at or after this.
    pub period_from: Option<DateTime<Utc>>,
    /// Whose period ends at or before this.
    pub period_until: Option<DateTime<Utc>>,
}

/// The last statement of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatementCursor {
    /// Where its period ends.
    pub period_until: DateTime<Utc>,
    /// Its id.
    pub statement: Uuid,
}

impl StatementCursor {
    fn of(statement: &Statement) -> Self {
        Self { period_until: statement.period_until, statement: statement.statement }
    }
}

/// Statements, the latest period first.
pub async fn statements(
    pool: &PgPool,
    filter: &StatementFilter,
    after: Option<StatementCursor>,
    limit: u32,
) -> sqlx::Result<Page<Statement, StatementCursor>> {
    let rows = sqlx::query_as!(
        Statement,
        "SELECT * FROM statement
         WHERE ($1::uuid IS NULL OR merchant = $1) AND ($2::text IS NULL OR mall = $2)
           AND ($3::text IS NULL OR phase = $3)
           AND ($4::timestamptz IS NULL OR period_from >= $4) AND ($5::timestamptz IS NULL OR period_until <= $5)
           AND ($6::timestamptz IS NULL OR (period_until, statement) < ($6, $7::uuid))
         ORDER BY period_until DESC, statement DESC LIMIT $8",
        filter.merchant.map(|merchant| merchant.0),
        filter.mall.as_ref().map(MallId::as_str),
        filter.phase.map(StatementPhase::name),
        filter.period_from,
        filter.period_until,
        after.map(|cursor| cursor.period_until),
        after.map(|cursor| cursor.statement),
        rows_to_fetch(limit)
    )
    .fetch_all(pool)
    .await?;
    Ok(Page::cut(rows, limit, StatementCursor::of))
}

/// One statement.
pub async fn statement(pool: &PgPool, statement: StatementId) -> sqlx::Result<Option<Statement>> {
    sqlx::query_as!(Statement, "SELECT * FROM statement WHERE statement = $1", statement.0)
        .fetch_optional(pool)
        .await
}

/// A mall's statements whose period lies within `from` (inclusive) until `until` (exclusive), by merchant: all of
/// them, for an export of a cycle must be whole. There are as many as merchants that were settled.
pub async fn statements_of_period(
    pool: &PgPool,
    mall: &MallId,
    from: Timestamp,
    until: Timestamp,
) -> sqlx::Result<Vec<Statement>> {
    sqlx::query_as!(
        Statement,
        "SELECT * FROM statement WHERE mall = $1 AND period_until <= $3 AND period_from >= $2
         ORDER BY merchant, period_from, statement",
        mall.as_str(),
        from,
        until
    )
    .fetch_all(pool)
    .await
}

/// A balance that a statement took over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Carry {
    /// The statement it comes from.
    pub former: Uuid,
    /// Negative where the merchant owed.
    pub amount_minor: i64,
    /// The log position of the event.
    pub position: i64,
}

/// The balances behind a statement's `carried_in_minor`, at most
/// [`CARRIES_MAX`](settlement::policy::CARRIES_MAX), in the order they came.
pub async fn carries(pool: &PgPool, statement: StatementId) -> sqlx::Result<Vec<Carry>> {
    sqlx::query_as!(
        Carry,
        "SELECT former, amount_minor, position FROM statement_carry WHERE statement = $1 ORDER BY position, former",
        statement.0
    )
    .fetch_all(pool)
    .await
}
