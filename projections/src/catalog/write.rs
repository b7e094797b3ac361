//! Writing a batch: one statement per table that changed, then what follows from several tables.
//!
//! Never here: one statement per row.

mod category;
mod listing;
mod sold;
mod stock;

use sqlx::PgConnection;

use super::changes::Changes;

/// Writes what a batch comes to.
pub(super) async fn write(db: &mut PgConnection, changes: Changes) -> sqlx::Result<()> {
    let Changes { merchants, listings, replaced, skus, reworded, stocks, touched, .. } = changes;
    if let Some(patches) = merchants.into_json() {
        listing::upsert_merchants(db, &patches).await?;
    }
    if let Some(patches) = listings.into_json() {
        listing::upsert(db, &patches).await?;
    }
    listing::remove_skus(db, &Vec::from_iter(replaced)).await?;
    if let Some(patches) = skus.into_json() {
        listing::upsert_skus(db, &patches).await?;
    }
    listing::reword(db, &Vec::from_iter(reworded)).await?;
    if let Some(patches) = stocks.into_json() {
        stock::upsert(db, &patches).await?;
    }
    stock::refresh_listings(db, &Vec::from_iter(touched)).await?;
    write_categories(db, changes.standard_categories.into_json(), changes.display_trees.into_json()).await?;
    category::remove(db, changes.removed).await?;
    if let Some(patches) = changes.display_categories.into_json() {
        category::upsert_display(db, &patches).await?;
    }
    sold::note_placed(db, changes.placed).await?;
    sold::count_paid(db, &changes.paid).await?;
    sold::forget_ended(db, &changes.ended).await
}

async fn write_categories(
    db: &mut PgConnection,
    standard: Option<serde_json::Value>,
    trees: Option<serde_json::Value>,
) -> sqlx::Result<()> {
    if let Some(patches) = standard {
        category::upsert_standard(db, &patches).await?;
    }
    if let Some(patches) = trees {
        category::upsert_trees(db, &patches).await?;
    }
    Ok(())
}
