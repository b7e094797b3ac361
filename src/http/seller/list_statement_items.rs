//! `GET /seller/v1/statements/{statement}/items`: the lines of a statement.

use axum::extract::State;
use chrono::{DateTime, Utc};
use kernel::id::StatementId;
use projections::Projection;
use projections::books::Books;
use projections::books::query::{self, BookedItem, ItemCursor};
use serde::Serialize;
use settlement::item::SettlementItem;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::http::page::NoFilter;
use crate::http::{Json, MerchantCaller, NotBefore, Page, Paged, Path, Problem};

/// A line of a statement (정산 항목). Amounts are minor units of the statement's currency.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnStatementItem {
    /// Its key within the statement.
    pub item: String,
    /// `sale`; `refund_after_settlement` for what came back; or `claim_fee`, the delivery and return fees that a claim
    /// left with you, negative where it took them.
    pub kind: String,
    /// The item that it takes back.
    pub reverses: Option<String>,
    /// The order it comes from.
    pub order: Uuid,
    /// The order's line; 0 for a `claim_fee`, which is of no one line.
    pub line: u16,
    /// How many pieces; 0 for a `claim_fee`.
    pub quantity: u32,
    /// `taxable`, `tax_free` or `zero_rated`.
    pub tax: String,
    /// The price of the pieces before any discount.
    pub sale_minor: i64,
    /// Taken off at your expense.
    pub discount_merchant_minor: i64,
    /// Taken off at the platform's expense.
    pub discount_platform_minor: i64,
    /// Paid with points, at the platform's expense.
    pub points_minor: i64,
    /// The delivery fee that the shopper paid.
    pub shipping_minor: i64,
    /// The commission rate applied, as a fraction.
    pub commission_rate: String,
    /// The platform's commission, VAT included.
    pub commission_minor: i64,
    /// The VAT inside the commission.
    pub commission_vat_minor: i64,
    /// What you are owed for it.
    pub net_minor: i64,
    /// When it became due (기준일).
    pub basis_at: DateTime<Utc>,
}

/// The lines of one of your statements, as they accrued.
#[utoipa::path(
    get,
    path = "/statements/{statement}/items",
    operation_id = "list_own_statement_items",
    params(("statement" = Uuid, Path, description = "The statement.")),
    responses((status = 200, body = Page<OwnStatementItem>)),
)]
pub async fn list_statement_items(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(statement): Path<StatementId>,
    paged: Paged<ItemCursor, NoFilter>,
    not_before: NotBefore,
) -> Result<Json<Page<OwnStatementItem>>, Problem> {
    not_before.wait(&app.positions, &[Books::NAME]).await?;
    let found = query::statement(&app.pool, statement).await?;
    found.filter(|row| row.merchant == caller.merchant.0).ok_or_else(Problem::not_found)?;
    let items = query::items(&app.pool, statement, paged.after, paged.limit).await?;
    Page::of(items, shown).map(Json)
}

fn shown(booked: BookedItem) -> OwnStatementItem {
    let SettlementItem { item, kind, reverses, order, line, quantity, tax, parts, .. } = booked.item;
    OwnStatementItem {
        item: item.into(),
        kind: kind.code().to_owned(),
        reverses: reverses.map(String::from),
        order: order.0,
        line,
        quantity,
        tax: tax.code().to_owned(),
        sale_minor: parts.sale.minor(),
        discount_merchant_minor: parts.discount_merchant.minor(),
        discount_platform_minor: parts.discount_platform.minor(),
        points_minor: parts.points.minor(),
        shipping_minor: parts.shipping.minor(),
        commission_rate: booked.item.commission_rate.fraction().to_string(),
        commission_minor: parts.commission.minor(),
        commission_vat_minor: parts.commission_vat.minor(),
        net_minor: booked.item.net.minor(),
        basis_at: booked.item.basis_at,
    }
}
