//! A statement (정산서) as finance sees it.

use chrono::{DateTime, Utc};
use projections::books::query;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A statement. Amounts are minor units of its currency; while it is open they are the sums so far.
#[derive(Debug, Serialize, ToSchema)]
pub struct BookedStatement {
    /// The statement.
    statement: Uuid,
    /// Who is owed.
    merchant: Uuid,
    /// Where the sales were made.
    mall: String,
    /// ISO 4217.
    currency: String,
    /// The period's first instant.
    period_from: DateTime<Utc>,
    /// The first instant after the period.
    period_until: DateTime<Utc>,
    /// `open`, `closed`, `confirmed`, `payout_requested`, `payout_failed`, `paid` or `carried_over`.
    phase: String,
    /// How many items.
    items: i32,
    /// Prices before any discount.
    sale_minor: i64,
    /// Discounts at the merchant's expense.
    discount_merchant_minor: i64,
    /// Discounts at the platform's expense.
    discount_platform_minor: i64,
    /// Paid with points.
    points_minor: i64,
    /// Delivery fees, due to the merchant.
    shipping_minor: i64,
    /// The commission, VAT included.
    commission_minor: i64,
    /// The VAT inside it.
    commission_vat_minor: i64,
    /// What the items come to for the merchant.
    net_minor: i64,
    /// Taken over from former statements.
    carried_in_minor: i64,
    /// Net and carried in together.
    due_minor: i64,
    /// The hash over its items, once closed.
    sha256: Option<String>,
    /// The payout asked for last.
    payout: Option<BookedPayout>,
    /// When it was closed.
    closed_at: Option<DateTime<Utc>>,
    /// When it was confirmed.
    confirmed_at: Option<DateTime<Utc>>,
    /// When it was paid.
    paid_at: Option<DateTime<Utc>>,
    /// The statement's version, for `If-Match`.
    version: i64,
}

/// A payout of a statement.
#[derive(Debug, Serialize, ToSchema)]
pub struct BookedPayout {
    /// The payout.
    payout: Uuid,
    /// Which try it is, from 1.
    attempt: Option<i32>,
    /// The bank's reference of the transfer.
    bank_reference: Option<String>,
    /// Why the last one that failed did.
    failure: Option<String>,
}

impl From<query::Statement> for BookedStatement {
    fn from(row: query::Statement) -> Self {
        let (attempt, bank_reference) = (row.payout_attempt, row.bank_reference);
        let failure = row.payout_failure;
        let payout = row.payout.map(|payout| BookedPayout { payout, attempt, bank_reference, failure });
        Self {
            statement: row.statement,
            merchant: row.merchant,
            mall: row.mall,
            currency: row.currency,
            period_from: row.period_from,
            period_until: row.period_until,
            phase: row.phase,
            items: row.items,
            sale_minor: row.sale_minor,
            discount_merchant_minor: row.discount_merchant_minor,
            discount_platform_minor: row.discount_platform_minor,
            points_minor: row.points_minor,
            shipping_minor: row.shipping_minor,
            commission_minor: row.commission_minor,
            commission_vat_minor: row.commission_vat_minor,
            net_minor: row.net_minor,
            carried_in_minor: row.carried_in_minor,
            due_minor: row.due_minor,
            sha256: row.sha256,
            payout,
            closed_at: row.closed_at,
            confirmed_at: row.confirmed_at,
            paid_at: row.paid_at,
            version: row.position,
        }
    }
}
