//! Writing a batch: collapsed to one change per row, one statement per table that changed.

use serde_json::Value;
use sqlx::PgConnection;

use super::Row;
use crate::patch::Patches;

/// Writes what a batch comes to.
pub(super) async fn write(db: &mut PgConnection, rows: Vec<Row>) -> sqlx::Result<()> {
    let (mut members, mut merchants, mut operators) =
        (Patches::default(), Patches::default(), Patches::default());
    let mut contracts = Vec::new();
    for row in rows {
        match row {
            Row::Member(member, columns) => members.merge(member, columns),
            Row::Merchant(merchant, columns) => merchants.merge(merchant, columns),
            Row::Contract(columns) => contracts.push(columns),
            Row::Operator(operator, columns) => operators.merge(operator, columns),
        }
    }
    if let Some(patches) = members.into_json() {
        upsert_members(db, &patches).await?;
    }
    if let Some(patches) = merchants.into_json() {
        upsert_merchants(db, &patches).await?;
    }
    if let Some(patches) = operators.into_json() {
        upsert_operators(db, &patches).await?;
    }
    if contracts.is_empty() { Ok(()) } else { add_contracts(db, &Value::Array(contracts)).await }
}

async fn upsert_members(db: &mut PgConnection, patches: &Value) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO member_row
         SELECT new.* FROM jsonb_array_elements($1::jsonb) AS changed (patch)
         LEFT JOIN member_row old ON old.member = (changed.patch->>'member')::uuid
         CROSS JOIN LATERAL jsonb_populate_record(old, changed.patch) AS new
         ON CONFLICT (member) DO UPDATE SET standing = EXCLUDED.standing, grade = EXCLUDED.grade, position = EXCLUDED.position",
        patches
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn upsert_merchants(db: &mut PgConnection, patches: &Value) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO merchant_row
         SELECT new.* FROM jsonb_array_elements($1::jsonb) AS changed (patch)
         LEFT JOIN merchant_row old ON old.merchant = (changed.patch->>'merchant')::uuid
         CROSS JOIN LATERAL jsonb_populate_record(old, changed.patch) AS new
         ON CONFLICT (merchant) DO UPDATE
         SET phase = EXCLUDED.phase, reason = EXCLUDED.reason,
             bank_account_change_pending = EXCLUDED.bank_account_change_pending, position = EXCLUDED.position",
        patches
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn upsert_operators(db: &mut PgConnection, patches: &Value) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO operator_row
         SELECT new.* FROM jsonb_array_elements($1::jsonb) AS changed (patch)
         LEFT JOIN operator_row old ON old.operator = (changed.patch->>'operator')::uuid
         CROSS JOIN LATERAL jsonb_populate_record(old, changed.patch) AS new
         ON CONFLICT (operator) DO UPDATE
         SET roles = EXCLUDED.roles, enabled = EXCLUDED.enabled, position = EXCLUDED.position",
        patches
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A contract is agreed once and never changes; of two within one microsecond the first stays.
async fn add_contracts(db: &mut PgConnection, contracts: &Value) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO merchant_contract
         SELECT new.* FROM jsonb_populate_recordset(NULL::merchant_contract, $1::jsonb) AS new
         ON CONFLICT (merchant, effective_from) DO NOTHING",
        contracts
    )
    .execute(db)
    .await?;
    Ok(())
}
