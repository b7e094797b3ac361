//! The standard classification and the display trees.

use std::collections::BTreeSet;

use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

pub(super) async fn upsert_standard(db: &mut PgConnection, patches: &Value) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO standard_category
         SELECT new.* FROM jsonb_array_elements($1::jsonb) AS changed (patch)
         LEFT JOIN standard_category old ON old.code = changed.patch->>'code'
         CROSS JOIN LATERAL jsonb_populate_record(old, changed.patch) AS new
         ON CONFLICT (code) DO UPDATE
         SET name = EXCLUDED.name, parent = EXCLUDED.parent, retired = EXCLUDED.retired,
             position = EXCLUDED.position",
        patches
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn upsert_trees(db: &mut PgConnection, patches: &Value) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO display_tree
         SELECT new.* FROM jsonb_populate_recordset(NULL::display_tree, $1::jsonb) AS new
         ON CONFLICT (mall) DO UPDATE SET position = EXCLUDED.position",
        patches
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn remove(db: &mut PgConnection, removed: BTreeSet<(String, Uuid)>) -> sqlx::Result<()> {
    if removed.is_empty() {
        return Ok(());
    }
    let (malls, categories): (Vec<String>, Vec<Uuid>) = removed.into_iter().unzip();
    sqlx::query!(
        "DELETE FROM display_category USING UNNEST($1::text[], $2::uuid[]) AS gone (mall, category)
         WHERE display_category.mall = gone.mall AND display_category.category = gone.category",
        &malls,
        &categories
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn upsert_display(db: &mut PgConnection, patches: &Value) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO display_category
         SELECT new.* FROM jsonb_array_elements($1::jsonb) AS changed (patch)
         LEFT JOIN display_category old ON old.mall = changed.patch->>'mall'
                                       AND old.category = (changed.patch->>'category')::uuid
         CROSS JOIN LATERAL jsonb_populate_record(old, changed.patch) AS new
         ON CONFLICT (mall, category) DO UPDATE
         SET parent = EXCLUDED.parent, name = EXCLUDED.name, place = EXCLUDED.place,
             sources = EXCLUDED.sources, hidden = EXCLUDED.hidden",
        patches
    )
    .execute(db)
    .await?;
    Ok(())
}
