//! How many pieces of a product were sold: noted when ordered, counted when paid, forgotten when never paid.

use std::collections::BTreeMap;

use sqlx::PgConnection;
use uuid::Uuid;

pub(super) async fn note_placed(
    db: &mut PgConnection,
    placed: BTreeMap<(Uuid, Uuid), i64>,
) -> sqlx::Result<()> {
    if placed.is_empty() {
        return Ok(());
    }
    let ((orders, products), pieces): ((Vec<Uuid>, Vec<Uuid>), Vec<i64>) = placed.into_iter().unzip();
    sqlx::query!(
        "INSERT INTO unpaid_line (order_id, product, quantity)
         SELECT * FROM UNNEST($1::uuid[], $2::uuid[], $3::bigint[])",
        &orders,
        &products,
        &pieces
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn count_paid(db: &mut PgConnection, orders: &[Uuid]) -> sqlx::Result<()> {
    if orders.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "WITH paid AS (DELETE FROM unpaid_line WHERE order_id = ANY($1) RETURNING product, quantity)
         UPDATE listing SET sold = listing.sold + sum.pieces
         FROM (SELECT product, SUM(quantity)::bigint AS pieces FROM paid GROUP BY product) sum
         WHERE listing.product = sum.product",
        orders
    )
    .execute(db)
    .await?;
    Ok(())
}

pub(super) async fn forget_ended(db: &mut PgConnection, orders: &[Uuid]) -> sqlx::Result<()> {
    if orders.is_empty() {
        return Ok(());
    }
    sqlx::query!("DELETE FROM unpaid_line WHERE order_id = ANY($1)", orders).execute(db).await?;
    Ok(())
}
