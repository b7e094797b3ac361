//! `GET /seller/v1/stock`: how many pieces there are of each variant.

use axum::extract::State;
use kernel::id::SkuId;
use projections::Projection;
use projections::catalog::{Catalog, query};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::http::page::NoFilter;
use crate::http::{Json, MerchantCaller, NotBefore, Page, Paged, Problem};

/// The stock (재고) of one variant: `available = on_hand − reserved`.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnStock {
    /// The variant.
    pub sku: Uuid,
    /// Its product.
    pub product: Uuid,
    /// The product's name.
    pub name: Option<String>,
    /// What your own systems call it; none once the product has it no more, like its options.
    pub merchant_code: Option<String>,
    /// One value for each option.
    pub options: Option<Vec<String>>,
    /// Sellable pieces.
    pub on_hand: i64,
    /// Those kept for orders.
    pub reserved: i64,
    /// Those that can still be sold.
    pub available: i64,
    /// Pieces that came back damaged.
    pub damaged: i64,
    /// The stock's version: send it as `If-Match` (in double quotes) with a correction.
    pub version: i64,
}

/// Your stock, by variant.
#[utoipa::path(
    get,
    path = "/stock",
    operation_id = "list_own_stock",
    responses((status = 200, body = Page<OwnStock>)),
)]
pub async fn list_stock(
    State(app): State<App>,
    caller: MerchantCaller,
    paged: Paged<SkuId, NoFilter>,
    not_before: NotBefore,
) -> Result<Json<Page<OwnStock>>, Problem> {
    not_before.wait(&app.positions, &[Catalog::NAME]).await?;
    let found = query::stock_levels(&app.pool, caller.merchant, paged.after, paged.limit).await?;
    Page::of(found, shown).map(Json)
}

fn shown(row: query::StockLevel) -> OwnStock {
    OwnStock {
        sku: row.sku,
        product: row.product,
        name: row.name,
        merchant_code: row.merchant_code,
        options: row.options,
        on_hand: row.on_hand,
        reserved: row.reserved,
        available: row.available,
        damaged: row.damaged,
        version: row.position,
    }
}
