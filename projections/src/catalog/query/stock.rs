//! Stock for merchants, and single SKUs for carts and checkout.

use chrono::{DateTime, Utc};
use kernel::id::{MerchantId, SkuId};
use serde::Serialize;
use sqlx::PgPool;
use uuid::Uuid;

use crate::Page;
use crate::page::rows_to_fetch;

/// The stock of one SKU.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StockLevel {
    /// The SKU.
    pub sku: Uuid,
    /// Its product.
    pub product: Uuid,
    /// The product's name.
    pub name: Option<String>,
    /// The merchant's own code.
    pub merchant_code: Option<String>,
    /// One value for each axis.
    pub options: Option<Vec<String>>,
    /// Sellable pieces.
    pub on_hand: i64,
    /// Those kept for orders.
    pub reserved: i64,
    /// Those that can still be sold.
    pub available: i64,
    /// Pieces that came back damaged.
    pub damaged: i64,
    /// The log position of the stock's last commit.
    pub position: i64,
}

/// A SKU with all that a cart or an order line needs to know of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Offer {
    /// The SKU.
    pub sku: Uuid,
    /// Its product.
    pub product: Uuid,
    /// The mall that sells it.
    pub mall: String,
    /// Who sells it.
    pub merchant: Uuid,
    /// The product's name.
    pub name: String,
    /// One value for each axis.
    pub options: Vec<String>,
    /// The merchant's own code.
    pub merchant_code: String,
    /// The standard category.
    pub category: String,
    /// Whether VAT is in the price.
    pub taxable: bool,
    /// The currency of the prices.
    pub currency: String,
    /// The product's main image.
    pub image: Option<String>,
    /// What a piece costs at the instant asked for.
    pub price_minor: i64,
    /// The list price.
    pub list_price_minor: i64,
    /// Whether it can be bought at all: on sale, and its merchant trades.
    pub on_sale: bool,
    /// How many pieces can be bought now.
    pub available: i64,
}

/// A merchant's stock, by SKU; the cursor is the last SKU seen.
pub async fn stock_levels(
    pool: &PgPool,
    merchant: MerchantId,
    cursor: Option<SkuId>,
    limit: u32,
) -> sqlx::Result<Page<StockLevel, SkuId>> {
    let items = sqlx::query_as!(
        StockLevel,
        r#"SELECT stock.sku, stock.product, listing.name AS "name?", sku.merchant_code AS "merchant_code?",
                sku.options AS "options?", stock.on_hand, stock.reserved, stock.available, stock.damaged, stock.position
         FROM stock_level stock
         LEFT JOIN listing ON listing.product = stock.product
         LEFT JOIN listing_sku sku ON sku.product = stock.product AND sku.sku = stock.sku
         WHERE stock.merchant = $1 AND ($2::uuid IS NULL OR stock.sku > $2)
         ORDER BY stock.sku LIMIT $3"#,
        merchant.0,
        cursor.map(|sku| sku.0),
        rows_to_fetch(limit)
    )
    .fetch_all(pool)
    .await?;
    Ok(Page::cut(items, limit, |row| SkuId(row.sku)))
}

/// One SKU at an instant.
pub async fn sku(pool: &PgPool, sku: SkuId, now: DateTime<Utc>) -> sqlx::Result<Option<Offer>> {
    Ok(offers(pool, &[sku], now).await?.pop())
}

/// SKUs at an instant, by SKU; the unknown ones are left out. Where two products claim a SKU, the one whose pieces are
/// counted has it.
pub async fn offers(pool: &PgPool, skus: &[SkuId], now: DateTime<Utc>) -> sqlx::Result<Vec<Offer>> {
    let skus: Vec<Uuid> = skus.iter().map(|sku| sku.0).collect();
    sqlx::query_as!(
        Offer,
        r#"SELECT DISTINCT ON (sku.sku) sku.sku, sku.product, listing.mall, listing.merchant, listing.name, sku.options,
                sku.merchant_code, listing.category, listing.tax = 'taxable' AS "taxable!", listing.currency,
                listing.images[1] AS image, sku.price_minor AS list_price_minor,
                CASE WHEN sku.sale_from <= $2 AND $2 < sku.sale_until
                     THEN sku.sale_price_minor ELSE sku.price_minor END AS "price_minor!",
                listing.phase = 'on_sale' AND COALESCE(merchant.trades, false) AS "on_sale!",
                COALESCE(stock.available, 0) AS "available!"
         FROM listing_sku sku
         JOIN listing ON listing.product = sku.product
         LEFT JOIN listing_merchant merchant ON merchant.merchant = listing.merchant
         LEFT JOIN stock_level stock ON stock.sku = sku.sku AND stock.product = sku.product
         WHERE sku.sku = ANY($1) ORDER BY sku.sku, stock.sku NULLS LAST, sku.product"#,
        &skus,
        now
    )
    .fetch_all(pool)
    .await
}
