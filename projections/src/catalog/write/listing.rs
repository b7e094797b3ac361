//! Merchants, listings, SKUs and what search looks in.

use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) async fn upsert_merchants(db: &mut PgConnection, patches: &Value) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO listing_merchant
         SELECT new.* FROM jsonb_array_elements($1::jsonb) AS changed (patch)
         LEFT JOIN listing_merchant old ON old.merchant = (changed.patch->>'merchant')::uuid
         CROSS JOIN LATERAL jsonb_populate_record(old, changed.patch) AS new
         ON CONFLICT (merchant) DO UPDATE
         SET name = EXCLUDED.name, trades = EXCLUDED.trades, position = EXCLUDED.position",
        patches
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn upsert(db: &mut PgConnection, patches: &Value) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO listing
         SELECT new.* FROM jsonb_array_elements($1::jsonb) AS changed (patch)
         LEFT JOIN listing old ON old.product = (changed.patch->>'product')::uuid
         CROSS JOIN LATERAL jsonb_populate_record(old, changed.patch) AS new
         ON CONFLICT (product) DO UPDATE
         SET name = EXCLUDED.name, description = EXCLUDED.description, category = EXCLUDED.category,
             axes = EXCLUDED.axes, tax = EXCLUDED.tax, images = EXCLUDED.images, phase = EXCLUDED.phase,
             purchase_limits = EXCLUDED.purchase_limits,
             reason = EXCLUDED.reason, suspended_by = EXCLUDED.suspended_by,
             submitted_at = EXCLUDED.submitted_at, on_sale_since = EXCLUDED.on_sale_since,
             position = EXCLUDED.position",
        patches
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn remove_skus(db: &mut PgConnection, products: &[Uuid]) -> sqlx::Result<()> {
    if products.is_empty() {
        return Ok(());
    }
    sqlx::query!("DELETE FROM listing_sku WHERE product = ANY($1)", products).execute(db).await?;
    Ok(())
}

pub(super) async fn upsert_skus(db: &mut PgConnection, patches: &Value) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO listing_sku
         SELECT new.* FROM jsonb_array_elements($1::jsonb) AS changed (patch)
         LEFT JOIN listing_sku old ON old.product = (changed.patch->>'product')::uuid
                                  AND old.sku = (changed.patch->>'sku')::uuid
         CROSS JOIN LATERAL jsonb_populate_record(old, changed.patch) AS new
         ON CONFLICT (product, sku) DO UPDATE
         SET price_minor = EXCLUDED.price_minor, sale_price_minor = EXCLUDED.sale_price_minor,
             sale_from = EXCLUDED.sale_from, sale_until = EXCLUDED.sale_until",
        patches
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Folds the words of listings as [`query::text`](crate::catalog::query) folds what is looked for: compatibility forms
/// undone, Hangul in single letters, lower case, without accents.
pub(super) async fn reword(db: &mut PgConnection, products: &[Uuid]) -> sqlx::Result<()> {
    if products.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        r"INSERT INTO listing_text (product, title, words)
         SELECT listing.product, folded.title, folded.title || ' ' || folded.body
         FROM listing
         CROSS JOIN LATERAL (
             SELECT COALESCE(string_agg(DISTINCT value, ' '), '') AS options
             FROM listing_sku, UNNEST(listing_sku.options) AS value WHERE listing_sku.product = listing.product
         ) chosen
         CROSS JOIN LATERAL (
             SELECT regexp_replace(lower(normalize(listing.name || ' ' || chosen.options, NFKD)),
                        '[\u0300-\u036f]', '', 'g') AS title,
                    regexp_replace(lower(normalize(COALESCE(listing.description, ''), NFKD)),
                        '[\u0300-\u036f]', '', 'g') AS body
         ) folded
         WHERE listing.product = ANY($1)
         ON CONFLICT (product) DO UPDATE SET title = EXCLUDED.title, words = EXCLUDED.words",
        products
    )
    .execute(db)
    .await?;
    Ok(())
}
