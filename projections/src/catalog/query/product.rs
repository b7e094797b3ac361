//! The product page, for shoppers: a product on sale, sold out or not, with its SKUs and their prices at an instant.

use chrono::{DateTime, Utc};
use kernel::MallId;
use kernel::id::ProductId;
use product::product::{OptionAxis, PurchaseLimits};
use serde::Serialize;
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

/// What a shopper sees of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProductPage {
    /// The product.
    pub product: Uuid,
    /// The mall that sells it.
    pub mall: String,
    /// Who sells it.
    pub merchant: Uuid,
    /// The seller's name.
    pub merchant_name: String,
    /// Its name.
    pub name: String,
    /// Its description.
    pub description: Option<String>,
    /// Its standard category.
    pub category: String,
    /// The currency of its prices.
    pub currency: String,
    /// `taxable` or `tax_free`.
    pub tax: String,
    /// The choices to make.
    pub axes: Json<Vec<OptionAxis>>,
    /// Its images, the main one first.
    pub images: Vec<String>,
    /// How many pieces may be bought.
    pub purchase_limits: Json<PurchaseLimits>,
    /// Whether any SKU can be bought now.
    pub in_stock: bool,
    /// Pieces sold so far.
    pub sold: i64,
    /// When it first went on sale.
    pub on_sale_since: DateTime<Utc>,
    /// The log position of the product's last commit.
    pub position: i64,
    /// Its SKUs, in the merchant's order.
    pub skus: Vec<SkuOffer>,
}

/// One SKU on a product page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SkuOffer {
    /// The SKU.
    pub sku: Uuid,
    /// One value for each axis.
    pub options: Vec<String>,
    /// What a piece costs at the instant asked for.
    pub price_minor: i64,
    /// The list price; above `price_minor` while a sale lowers it.
    pub list_price_minor: i64,
    /// When the running sale ends.
    pub sale_until: Option<DateTime<Utc>>,
    /// How many pieces can be bought now.
    pub available: i64,
}

struct Head {
    product: Uuid,
    mall: String,
    merchant: Uuid,
    merchant_name: String,
    name: String,
    description: Option<String>,
    category: String,
    currency: String,
    tax: String,
    axes: Json<Vec<OptionAxis>>,
    images: Vec<String>,
    purchase_limits: Json<PurchaseLimits>,
    in_stock: bool,
    sold: i64,
    on_sale_since: DateTime<Utc>,
    position: i64,
}

/// The page of a product on sale in the mall, whose merchant trades.
pub async fn product_page(
    pool: &PgPool,
    mall: &MallId,
    product: ProductId,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<ProductPage>> {
    match head(pool, mall, product).await? {
        Some(head) => Ok(Some(page(head, sku_offers(pool, product, now).await?))),
        None => Ok(None),
    }
}

async fn head(pool: &PgPool, mall: &MallId, product: ProductId) -> sqlx::Result<Option<Head>> {
    sqlx::query_as!(
        Head,
        r#"SELECT listing.product, listing.mall, listing.merchant, merchant.name AS merchant_name, listing.name,
                listing.description, listing.category, listing.currency, listing.tax,
                listing.axes AS "axes: Json<Vec<OptionAxis>>", listing.images,
                listing.purchase_limits AS "purchase_limits: Json<PurchaseLimits>", listing.in_stock, listing.sold,
                listing.on_sale_since AS "on_sale_since!", listing.position
         FROM listing JOIN listing_merchant merchant ON merchant.merchant = listing.merchant AND merchant.trades
         WHERE listing.product = $1 AND listing.mall = $2 AND listing.phase = 'on_sale'"#,
        product.0,
        mall.as_str()
    )
    .fetch_optional(pool)
    .await
}

async fn sku_offers(pool: &PgPool, product: ProductId, now: DateTime<Utc>) -> sqlx::Result<Vec<SkuOffer>> {
    sqlx::query_as!(
        SkuOffer,
        r#"SELECT sku.sku, sku.options, sku.price_minor AS list_price_minor,
                CASE WHEN sale.runs THEN sku.sale_price_minor ELSE sku.price_minor END AS "price_minor!",
                CASE WHEN sale.runs THEN sku.sale_until END AS sale_until,
                COALESCE(stock.available, 0) AS "available!"
         FROM listing_sku sku
         CROSS JOIN LATERAL (SELECT sku.sale_from <= $2 AND $2 < sku.sale_until AS runs) sale
         LEFT JOIN stock_level stock ON stock.sku = sku.sku AND stock.product = sku.product
         WHERE sku.product = $1 ORDER BY sku.place"#,
        product.0,
        now
    )
    .fetch_all(pool)
    .await
}

fn page(head: Head, skus: Vec<SkuOffer>) -> ProductPage {
    ProductPage {
        product: head.product,
        mall: head.mall,
        merchant: head.merchant,
        merchant_name: head.merchant_name,
        name: head.name,
        description: head.description,
        category: head.category,
        currency: head.currency,
        tax: head.tax,
        axes: head.axes,
        images: head.images,
        purchase_limits: head.purchase_limits,
        in_stock: head.in_stock,
        sold: head.sold,
        on_sale_since: head.on_sale_since,
        position: head.position,
        skus,
    }
}
