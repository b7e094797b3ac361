//! Merchants with the contract in force.

use chrono::{DateTime, Utc};
use kernel::id::MerchantId;
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Decimal;
use uuid::Uuid;

use crate::page::rows_to_fetch;
use crate::{Cursor, Page};

/// A merchant's phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Waits for an operator.
    Applied,
    /// Trades.
    Approved,
    /// Doesn't trade for now.
    Suspended,
    /// Left.
    Closed,
    /// Was turned down.
    Rejected,
}

impl Phase {
    const fn name(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Approved => "approved",
            Self::Suspended => "suspended",
            Self::Closed => "closed",
            Self::Rejected => "rejected",
        }
    }
}

/// A merchant, with the contract in force at the instant asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Merchant {
    /// Which one.
    pub merchant: Uuid,
    /// The shop's name.
    pub name: String,
    /// Its phase, in snake case.
    pub phase: String,
    /// Why it was suspended or turned down.
    pub reason: Option<String>,
    /// Where its business is registered, ISO 3166-1 alpha-2.
    pub country: String,
    /// Its business registration number.
    pub business_number: String,
    /// When it applied.
    pub applied_at: DateTime<Utc>,
    /// Whether another bank account waits for approval.
    pub bank_account_change_pending: bool,
    /// The commission by default, as a fraction; none without a contract in force.
    pub default_rate: Option<Decimal>,
    /// The commissions of some categories: code to fraction.
    pub category_rates: Option<serde_json::Value>,
    /// How often it is settled, in snake case.
    pub cycle: Option<String>,
    /// Since when that contract holds.
    pub contract_since: Option<DateTime<Utc>>,
    /// The log position of its last commit.
    pub position: i64,
}

/// Merchants, the last to apply first.
pub async fn merchants(
    pool: &PgPool,
    phase: Option<Phase>,
    now: DateTime<Utc>,
    cursor: Option<Cursor>,
    limit: u32,
) -> sqlx::Result<Page<Merchant>> {
    let items = sqlx::query_as!(
        Merchant,
        r#"SELECT merchant.*, contract.default_rate AS "default_rate?", contract.category_rates AS "category_rates?",
                contract.cycle AS "cycle?", contract.effective_from AS "contract_since?"
         FROM merchant_row merchant
         LEFT JOIN LATERAL (
             SELECT * FROM merchant_contract WHERE merchant_contract.merchant = merchant.merchant AND effective_from <= $2
             ORDER BY effective_from DESC LIMIT 1
         ) contract ON true
         WHERE ($1::text IS NULL OR merchant.phase = $1)
           AND ($3::timestamptz IS NULL OR (merchant.applied_at, merchant.merchant) < ($3, $4::uuid))
         ORDER BY merchant.applied_at DESC, merchant.merchant DESC LIMIT $5"#,
        phase.map(Phase::name),
        now,
        cursor.map(|cursor| cursor.at),
        cursor.map(|cursor| cursor.id),
        rows_to_fetch(limit)
    )
    .fetch_all(pool)
    .await?;
    Ok(Page::cut(items, limit, |row| Cursor { at: row.applied_at, id: row.merchant }))
}

/// One merchant.
pub async fn merchant(
    pool: &PgPool,
    merchant: MerchantId,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<Merchant>> {
    sqlx::query_as!(
        Merchant,
        r#"SELECT merchant.*, contract.default_rate AS "default_rate?", contract.category_rates AS "category_rates?",
                contract.cycle AS "cycle?", contract.effective_from AS "contract_since?"
         FROM merchant_row merchant
         LEFT JOIN LATERAL (
             SELECT * FROM merchant_contract WHERE merchant_contract.merchant = merchant.merchant AND effective_from <= $2
             ORDER BY effective_from DESC LIMIT 1
         ) contract ON true
         WHERE merchant.merchant = $1"#,
        merchant.0,
        now
    )
    .fetch_optional(pool)
    .await
}
