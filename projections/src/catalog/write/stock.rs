//! Stock levels, and what follows from them and from prices for the listing.

use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) async fn upsert(db: &mut PgConnection, patches: &Value) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO stock_level
         SELECT new.* FROM jsonb_populate_recordset(NULL::stock_level, $1::jsonb) AS new
         ON CONFLICT (sku) DO UPDATE
         SET on_hand = EXCLUDED.on_hand, reserved = EXCLUDED.reserved, available = EXCLUDED.available,
             damaged = EXCLUDED.damaged, position = EXCLUDED.position",
        patches
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Brings the list prices, the span of sales and the stock state of listings up to their SKUs. Most movements of stock
/// change none of these, and then nothing is written.
pub(super) async fn refresh_listings(db: &mut PgConnection, products: &[Uuid]) -> sqlx::Result<()> {
    if products.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "UPDATE listing
         SET price_min_minor = now.price_min_minor, price_max_minor = now.price_max_minor,
             sale_from = now.sale_from, sale_until = now.sale_until, in_stock = now.in_stock
         FROM (
             SELECT sku.product, min(sku.price_minor) AS price_min_minor, max(sku.price_minor) AS price_max_minor,
                    min(sku.sale_from) AS sale_from, max(sku.sale_until) AS sale_until,
                    COALESCE(bool_or(stock.available > 0), false) AS in_stock
             FROM listing_sku sku LEFT JOIN stock_level stock ON stock.sku = sku.sku AND stock.product = sku.product
             WHERE sku.product = ANY($1) GROUP BY sku.product
         ) now
         WHERE listing.product = now.product
           AND (listing.price_min_minor, listing.price_max_minor, listing.sale_from, listing.sale_until, listing.in_stock)
               IS DISTINCT FROM (now.price_min_minor, now.price_max_minor, now.sale_from, now.sale_until, now.in_stock)",
        products
    )
    .execute(db)
    .await?;
    Ok(())
}
