//! Writing cash receipts: what is taken back takes over whose it is from where it was given.

use sqlx::PgConnection;

use super::{all, json};
use crate::books::row::{ReceiptGiven, ReceiptTakenBack};

pub(super) async fn give(db: &mut PgConnection, given: &[ReceiptGiven]) -> sqlx::Result<()> {
    if given.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "INSERT INTO cash_receipt SELECT * FROM json_populate_recordset(NULL::cash_receipt, $1::text::json)",
        json(given)?
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn take_back(db: &mut PgConnection, taken: &[ReceiptTakenBack]) -> sqlx::Result<()> {
    if taken.is_empty() {
        return Ok(());
    }
    let done = sqlx::query!(
        "INSERT INTO cash_receipt (position, ordinal, payment, order_id, member, mall, currency, purpose,
             receipt_identifier, state, amount_minor, left_minor, at)
         SELECT back.position, back.ordinal, given.payment, given.order_id, given.member, given.mall, given.currency,
             given.purpose, given.receipt_identifier, back.state, back.amount_minor, back.left_minor, back.at
         FROM json_to_recordset($1::text::json) AS back (position bigint, ordinal integer, payment uuid, state text,
             amount_minor bigint, left_minor bigint, at timestamptz)
         JOIN cash_receipt AS given ON given.payment = back.payment AND given.state = 'issued'",
        json(taken)?
    )
    .execute(db)
    .await?;
    all(done.rows_affected(), taken.len())
}
