//! A line of the ledger as finance sees it.

use chrono::{DateTime, Utc};
use projections::books::query;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A line of a journal entry. Amounts are minor units of its currency; one side is zero.
#[derive(Debug, Serialize, ToSchema)]
pub struct BookedLine {
    /// The log position that made the entry.
    position: i64,
    /// Which entry of that position, from 0.
    entry: i32,
    /// Its number within the entry, from 0.
    line: i32,
    /// What the entry is about: `capture`, `accrual`, `payout`, …
    kind: String,
    /// The log position of the event that caused the entry.
    cites: i64,
    /// ISO 4217.
    currency: String,
    /// In which mall.
    mall: String,
    /// The statement, for entries of one.
    statement: Option<Uuid>,
    /// The payment, for entries of one.
    payment: Option<Uuid>,
    /// When it happened.
    at: DateTime<Utc>,
    /// The account.
    account: String,
    /// Whose, for accounts kept per merchant.
    merchant: Option<Uuid>,
    /// The left.
    debit_minor: i64,
    /// The right.
    credit_minor: i64,
}

impl From<query::LedgerLine> for BookedLine {
    fn from(row: query::LedgerLine) -> Self {
        Self {
            position: row.position,
            entry: row.ordinal,
            line: row.line,
            kind: row.kind,
            cites: row.cites,
            currency: row.currency,
            mall: row.mall,
            statement: row.statement,
            payment: row.payment,
            at: row.at,
            account: row.account,
            merchant: row.merchant,
            debit_minor: row.debit_minor,
            credit_minor: row.credit_minor,
        }
    }
}
