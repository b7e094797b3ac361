//! Products as their merchants and the operators who review them see them, whatever their phase.

use chrono::{DateTime, Utc};
use kernel::id::{MerchantId, ProductId};
use product::product::{OptionAxis, PurchaseLimits};
use serde::{Deserialize, Serialize};
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use crate::page::rows_to_fetch;
use crate::{Cursor, Page};

/// A product's phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// The merchant works on it.
    Draft,
    /// An operator looks at it.
    InReview,
    /// It went back to the merchant.
    Rejected,
    /// It can be bought.
    OnSale,
    /// It is off sale for now.
    Suspended,
    /// It is off sale for good.
    Discontinued,
}

impl Phase {
    const fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in_review",
            Self::Rejected => "rejected",
            Self::OnSale => "on_sale",
            Self::Suspended => "suspended",
            Self::Discontinued => "discontinued",
        }
    }
}

/// A product in a list for its merchant or for operators. Prices are list prices.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SellerListing {
    /// The product.
    pub product: Uuid,
    /// Its mall.
    pub mall: String,
    /// Its owner.
    pub merchant: Uuid,
    /// Its name.
    pub name: String,
    /// Its standard category.
    pub category: String,
    /// The currency of its prices.
    pub currency: String,
    /// Its phase, in snake case.
    pub phase: String,
    /// Why it was rejected or suspended.
    pub reason: Option<String>,
    /// Its main image.
    pub image: Option<String>,
    /// The lowest list price.
    pub price_min_minor: i64,
    /// The highest list price.
    pub price_max_minor: i64,
    /// Whether any SKU is in stock.
    pub in_stock: bool,
    /// Pieces sold so far.
    pub sold: i64,
    /// When it was begun.
    pub drafted_at: DateTime<Utc>,
    /// When it was last put up for review.
    pub submitted_at: Option<DateTime<Utc>>,
    /// The log position of its last commit.
    pub position: i64,
}

/// A product in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SellerProduct {
    /// The product as in a list.
    #[serde(flatten)]
    pub listing: SellerListing,
    /// Its description.
    pub description: Option<String>,
    /// `taxable` or `tax_free`.
    pub tax: String,
    /// The choices of a shopper.
    pub axes: Json<Vec<OptionAxis>>,
    /// Its images, the main one first.
    pub images: Vec<String>,
    /// How many pieces may be bought.
    pub purchase_limits: Json<PurchaseLimits>,
    /// `merchant` or `operator`, while it is suspended.
    pub suspended_by: Option<String>,
    /// When it first went on sale.
    pub on_sale_since: Option<DateTime<Utc>>,
    /// Its SKUs, in the merchant's order.
    pub skus: Vec<SellerSku>,
}

/// A SKU as its merchant sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SellerSku {
    /// The SKU.
    pub sku: Uuid,
    /// The merchant's own code.
    pub merchant_code: String,
    /// One value for each axis.
    pub options: Vec<String>,
    /// The list price.
    pub price_minor: i64,
    /// The sale price; with its period, or all three are none.
    pub sale_price_minor: Option<i64>,
    /// The first instant of the sale.
    pub sale_from: Option<DateTime<Utc>>,
    /// The first instant after the sale.
    pub sale_until: Option<DateTime<Utc>>,
    /// Sellable pieces; zero before its stock is opened, like those below.
    pub on_hand: i64,
    /// Those kept for orders.
    pub reserved: i64,
    /// Those that can still be sold.
    pub available: i64,
    /// Pieces that came back damaged.
    pub damaged: i64,
}

struct Extra {
    description: Option<String>,
    tax: String,
    axes: Json<Vec<OptionAxis>>,
    images: Vec<String>,
    purchase_limits: Json<PurchaseLimits>,
    suspended_by: Option<String>,
    on_sale_since: Option<DateTime<Utc>>,
}

/// A merchant's products, the last begun first.
pub async fn seller_products(
    pool: &PgPool,
    merchant: MerchantId,
    phase: Option<Phase>,
    cursor: Option<Cursor>,
    limit: u32,
) -> sqlx::Result<Page<SellerListing>> {
    let items = sqlx::query_as!(
        SellerListing,
        "SELECT product, mall, merchant, name, category, currency, phase, reason, images[1] AS image,
                price_min_minor, price_max_minor, in_stock, sold, drafted_at, submitted_at, position
         FROM listing
         WHERE merchant = $1 AND ($2::text IS NULL OR phase = $2)
           AND ($3::timestamptz IS NULL OR (drafted_at, product) < ($3, $4::uuid))
         ORDER BY drafted_at DESC, product DESC LIMIT $5",
        merchant.0,
        phase.map(Phase::name),
        cursor.map(|cursor| cursor.at),
        cursor.map(|cursor| cursor.id),
        rows_to_fetch(limit)
    )
    .fetch_all(pool)
    .await?;
    Ok(Page::cut(items, limit, |row| Cursor { at: row.drafted_at, id: row.product }))
}

/// Products that wait for review, the longest waiting first.
pub async fn review_queue(
    pool: &PgPool,
    cursor: Option<Cursor>,
    limit: u32,
) -> sqlx::Result<Page<SellerListing>> {
    let items = sqlx::query_as!(
        SellerListing,
        "SELECT product, mall, merchant, name, category, currency, phase, reason, images[1] AS image,
                price_min_minor, price_max_minor, in_stock, sold, drafted_at, submitted_at, position
         FROM listing
         WHERE phase = 'in_review' AND ($1::timestamptz IS NULL OR (submitted_at, product) > ($1, $2::uuid))
         ORDER BY submitted_at, product LIMIT $3",
        cursor.map(|cursor| cursor.at),
        cursor.map(|cursor| cursor.id),
        rows_to_fetch(limit)
    )
    .fetch_all(pool)
    .await?;
    let cursor_of =
        |row: &SellerListing| Cursor { at: row.submitted_at.unwrap_or(row.drafted_at), id: row.product };
    Ok(Page::cut(items, limit, cursor_of))
}

/// A merchant's product in full; none where it is another merchant's.
pub async fn seller_product(
    pool: &PgPool,
    merchant: MerchantId,
    product: ProductId,
) -> sqlx::Result<Option<SellerProduct>> {
    Ok(self::product(pool, product).await?.filter(|found| found.listing.merchant == merchant.0))
}

/// Any product in full, for operators.
pub async fn product(pool: &PgPool, product: ProductId) -> sqlx::Result<Option<SellerProduct>> {
    let Some(listing) = listing(pool, product).await? else { return Ok(None) };
    let Some(extra) = extra(pool, product).await? else { return Ok(None) };
    let skus = skus(pool, product).await?;
    let Extra { description, tax, axes, images, purchase_limits, suspended_by, on_sale_since } = extra;
    Ok(Some(SellerProduct {
        listing,
        description,
        tax,
        axes,
        images,
        purchase_limits,
        suspended_by,
        on_sale_since,
        skus,
    }))
}

async fn listing(pool: &PgPool, product: ProductId) -> sqlx::Result<Option<SellerListing>> {
    sqlx::query_as!(
        SellerListing,
        "SELECT product, mall, merchant, name, category, currency, phase, reason, images[1] AS image,
                price_min_minor, price_max_minor, in_stock, sold, drafted_at, submitted_at, position
         FROM listing WHERE product = $1",
        product.0
    )
    .fetch_optional(pool)
    .await
}

async fn extra(pool: &PgPool, product: ProductId) -> sqlx::Result<Option<Extra>> {
    sqlx::query_as!(
        Extra,
        r#"SELECT description, tax, axes AS "axes: Json<Vec<OptionAxis>>", images,
                purchase_limits AS "purchase_limits: Json<PurchaseLimits>", suspended_by, on_sale_since
           FROM listing WHERE product = $1"#,
        product.0
    )
    .fetch_optional(pool)
    .await
}

async fn skus(pool: &PgPool, product: ProductId) -> sqlx::Result<Vec<SellerSku>> {
    sqlx::query_as!(
        SellerSku,
        r#"SELECT sku.sku, sku.merchant_code, sku.options, sku.price_minor, sku.sale_price_minor, sku.sale_from,
                sku.sale_until, COALESCE(stock.on_hand, 0) AS "on_hand!", COALESCE(stock.reserved, 0) AS "reserved!",
                COALESCE(stock.available, 0) AS "available!", COALESCE(stock.damaged, 0) AS "damaged!"
         FROM listing_sku sku
         LEFT JOIN stock_level stock ON stock.sku = sku.sku AND stock.product = sku.product
         WHERE sku.product = $1 ORDER BY sku.place"#,
        product.0
    )
    .fetch_all(pool)
    .await
}
