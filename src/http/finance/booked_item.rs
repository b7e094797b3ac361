//! A line of a statement (정산 항목) as finance sees it.

use chrono::{DateTime, Utc};
use projections::books::query;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// An item of a statement. Amounts are minor units of the statement's currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct BookedItem {
    /// Its key within the statement.
    item: String,
    /// `sale`; `refund_after_settlement` (환수), whose amounts are negative; or `claim_fee`, the delivery and return fees
    /// that a claim left with the merchant, negative where it took them.
    kind: String,
    /// The item that it takes back.
    reverses: Option<String>,
    /// The order it comes from.
    order: Uuid,
    /// The order's line; 0 for a `claim_fee`, which is of no one line.
    line: u16,
    /// How many pieces; 0 for a `claim_fee`.
    quantity: u32,
    /// `taxable`, `tax_free` or `zero_rated`.
    tax: String,
    /// The price of the pieces before any discount.
    sale_minor: i64,
    /// Taken off at the merchant's expense.
    discount_merchant_minor: i64,
    /// Taken off at the platform's expense.
    discount_platform_minor: i64,
    /// Paid with points.
    points_minor: i64,
    /// The delivery fee, due to the merchant.
    shipping_minor: i64,
    /// The contract's share.
    commission_rate: String,
    /// The commission, VAT included.
    commission_minor: i64,
    /// The VAT inside it.
    commission_vat_minor: i64,
    /// What it comes to for the merchant.
    net_minor: i64,
    /// When it became due.
    basis_at: DateTime<Utc>,
    /// The log position of the confirmation or claim that caused it.
    cites: u64,
    /// The log position that added it.
    position: i64,
}

impl From<query::BookedItem> for BookedItem {
    fn from(booked: query::BookedItem) -> Self {
        let (position, item) = (booked.position, booked.item);
        let parts = item.parts;
        Self {
            item: item.item.to_string(),
            kind: item.kind.code().to_owned(),
            reverses: item.reverses.map(String::from),
            order: item.order.0,
            line: item.line,
            quantity: item.quantity,
            tax: item.tax.code().to_owned(),
            sale_minor: parts.sale.minor(),
            discount_merchant_minor: parts.discount_merchant.minor(),
            discount_platform_minor: parts.discount_platform.minor(),
            points_minor: parts.points.minor(),
            shipping_minor: parts.shipping.minor(),
            commission_rate: item.commission_rate.fraction().to_string(),
            commission_minor: parts.commission.minor(),
            commission_vat_minor: parts.commission_vat.minor(),
            net_minor: item.net.minor(),
            basis_at: item.basis_at,
            cites: item.cites,
            position,
        }
    }
}
