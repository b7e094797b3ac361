//! A statement (정산서) as its merchant sees it.

use chrono::{DateTime, Utc};
use projections::books::query::Statement;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// A statement. Amounts are minor units of `currency`; while it is open they are the sums so far.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnStatement {
    /// The statement.
    pub statement: Uuid,
    /// The mall.
    pub mall: String,
    /// ISO 4217.
    pub currency: String,
    /// The first instant of its period.
    pub period_from: DateTime<Utc>,
    /// The first instant after its period.
    pub period_until: DateTime<Utc>,
    /// `open`, `closed`, `confirmed`, `payout_requested`, `payout_failed`, `paid` or `carried_over`.
    pub phase: String,
    /// How many items it has.
    pub items: i32,
    /// Prices before any discount.
    pub sale_minor: i64,
    /// Discounts that you pay for.
    pub discount_merchant_minor: i64,
    /// Discounts that the platform pays for.
    pub discount_platform_minor: i64,
    /// Points, which the platform pays for.
    pub points_minor: i64,
    /// Delivery fees.
    pub shipping_minor: i64,
    /// The platform's commission, VAT included.
    pub commission_minor: i64,
    /// The VAT inside the commission.
    pub commission_vat_minor: i64,
    /// What you are owed for its items: sale − your discounts + delivery fees − commission.
    pub net_minor: i64,
    /// Taxable supply (과세).
    pub taxable_minor: i64,
    /// Tax-free supply (면세).
    pub tax_free_minor: i64,
    /// Zero-rated supply (영세율).
    pub zero_rated_minor: i64,
    /// What it took over from former statements.
    pub carried_in_minor: i64,
    /// What you are owed in all; negative where you owe.
    pub due_minor: i64,
    /// Its hash, once closed.
    pub sha256: Option<String>,
    /// The bank's reference of the payout.
    pub bank_reference: Option<String>,
    /// Why the last payout that failed did.
    pub payout_failure: Option<String>,
    /// Why it ended without a payout.
    pub carry_reason: Option<String>,
    /// When its figures became final.
    pub closed_at: Option<DateTime<Utc>>,
    /// When they were agreed.
    pub confirmed_at: Option<DateTime<Utc>>,
    /// When it was paid.
    pub paid_at: Option<DateTime<Utc>>,
}

impl From<Statement> for OwnStatement {
    fn from(row: Statement) -> Self {
        Self {
            statement: row.statement,
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
            taxable_minor: row.taxable_minor,
            tax_free_minor: row.tax_free_minor,
            zero_rated_minor: row.zero_rated_minor,
            carried_in_minor: row.carried_in_minor,
            due_minor: row.due_minor,
            sha256: row.sha256,
            bank_reference: row.bank_reference,
            payout_failure: row.payout_failure,
            carry_reason: row.carry_reason,
            closed_at: row.closed_at,
            confirmed_at: row.confirmed_at,
            paid_at: row.paid_at,
        }
    }
}
