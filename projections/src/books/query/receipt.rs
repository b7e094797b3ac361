//! Cash receipts (현금영수증) of a mall: each time that one was given or taken back, in the order of time.

use chrono::{DateTime, Utc};
use kernel::MallId;
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use uuid::Uuid;

use crate::books::ReceiptState;
use crate::page::{Page, rows_to_fetch};

/// A receipt as it stood after it was given or taken back. Amounts are minor units of its currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The log position of the event.
    pub position: i64,
    /// The event's number in its commit.
    pub ordinal: i32,
    /// The payment that it is of.
    pub payment: Uuid,
    /// The order that was paid.
    pub order: Uuid,
    /// Who paid.
    pub member: Uuid,
    /// The mall of the order.
    pub mall: String,
    /// The currency.
    pub currency: String,
    /// `income_deduction` or `expense_proof`.
    pub purpose: String,
    /// Whose it is, sealed for the member.
    pub receipt_identifier: String,
    /// Where it stood then, as [`ReceiptState`] writes it.
    pub state: String,
    /// What was given then; negative where it was taken back.
    pub amount_minor: i64,
    /// What of it stood after that.
    pub left_minor: i64,
    /// When.
    pub at: DateTime<Utc>,
}

/// The last one of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptCursor {
    /// When it was.
    pub at: DateTime<Utc>,
    /// Its log position.
    pub position: i64,
    /// Its number there.
    pub ordinal: i32,
}

impl ReceiptCursor {
    const fn of(row: &Receipt) -> Self {
        Self { at: row.at, position: row.position, ordinal: row.ordinal }
    }
}

/// Which receipts; every condition that is said must hold.
#[derive(Debug, Clone)]
pub struct ReceiptFilter {
    /// Of this mall.
    pub mall: MallId,
    /// Standing here after it.
    pub state: Option<ReceiptState>,
    /// Given or taken back at or after this.
    pub from: Option<DateTime<Utc>>,
    /// Before this.
    pub until: Option<DateTime<Utc>>,
}

/// The receipts looked for, the oldest first.
pub async fn receipts(
    pool: &PgPool,
    filter: &ReceiptFilter,
    after: Option<ReceiptCursor>,
    limit: u32,
) -> sqlx::Result<Page<Receipt, ReceiptCursor>> {
    Ok(Page::cut(rows(pool, filter, after, rows_to_fetch(limit)).await?, limit, ReceiptCursor::of))
}

/// The same for an export: all of them up to a number of rows.
pub async fn receipts_to_export(
    pool: &PgPool,
    filter: &ReceiptFilter,
    most: i64,
) -> sqlx::Result<Vec<Receipt>> {
    rows(pool, filter, None, most).await
}

async fn rows(
    pool: &PgPool,
    filter: &ReceiptFilter,
    after: Option<ReceiptCursor>,
    most: i64,
) -> sqlx::Result<Vec<Receipt>> {
    sqlx::query_as!(
        Receipt,
        r#"SELECT position, ordinal, payment, order_id AS "order", member, mall, currency, purpose, receipt_identifier,
             state, amount_minor, left_minor, at
         FROM cash_receipt
         WHERE mall = $1 AND ($2::text IS NULL OR state = $2)
           AND ($3::timestamptz IS NULL OR at >= $3) AND ($4::timestamptz IS NULL OR at < $4)
           AND ($5::timestamptz IS NULL OR (at, position, ordinal) > ($5, $6::bigint, $7::integer))
         ORDER BY at, position, ordinal LIMIT $8"#,
        filter.mall.as_str(),
        filter.state.map(ReceiptState::name),
        filter.from,
        filter.until,
        after.map(|cursor| cursor.at),
        after.map(|cursor| cursor.position),
        after.map(|cursor| cursor.ordinal),
        most
    )
    .fetch_all(pool)
    .await
}
