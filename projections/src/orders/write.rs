//! Writing the order tables: a batch is gathered in memory, then each table takes one statement per kind of change.

mod gather;

use sqlx::PgConnection;

use super::row::Row;
use crate::touched::parameter;
use gather::Gathered;

/// Writes the changes of a batch.
pub(super) async fn write(db: &mut PgConnection, rows: Vec<Row>) -> sqlx::Result<()> {
    let gathered = Gathered::of(rows);
    write_heads(db, &gathered).await?;
    write_lines(db, &gathered).await?;
    write_groups(db, &gathered).await?;
    write_payments(db, &gathered).await?;
    write_history(db, &gathered).await
}

async fn write_heads(db: &mut PgConnection, gathered: &Gathered) -> sqlx::Result<()> {
    if let Some(new) = gathered.heads.new_rows()? {
        sqlx::query!(
            "INSERT INTO order_head SELECT * FROM json_populate_recordset(NULL::order_head, $1::text::json)",
            new
        )
        .execute(&mut *db)
        .await?;
    }
    if let Some(changes) = gathered.heads.changes()? {
        sqlx::query!(
            "UPDATE order_head AS head
             SET status = COALESCE(change.status, head.status),
                 paid_at = COALESCE(change.paid_at, head.paid_at),
                 closed_at = COALESCE(change.closed_at, head.closed_at),
                 held_until = CASE WHEN change.confirmation_held IS NULL THEN head.held_until ELSE change.held_until END,
                 confirmation_held = COALESCE(change.confirmation_held, head.confirmation_held),
                 position = change.position
             FROM json_populate_recordset(NULL::order_head, $1::text::json) AS change
             WHERE head.order_id = change.order_id",
            changes
        )
        .execute(db)
        .await?;
    }
    Ok(())
}

async fn write_lines(db: &mut PgConnection, gathered: &Gathered) -> sqlx::Result<()> {
    if let Some(new) = gathered.lines.new_rows()? {
        sqlx::query!(
            "INSERT INTO order_line SELECT * FROM json_populate_recordset(NULL::order_line, $1::text::json)",
            new
        )
        .execute(&mut *db)
        .await?;
    }
    if let Some(moves) = gathered.lines.changes()? {
        sqlx::query!(
            "UPDATE order_line AS line
             SET ordered = line.ordered + move.ordered, preparing = line.preparing + move.preparing,
                 shipped = line.shipped + move.shipped, delivered = line.delivered + move.delivered,
                 confirmed = line.confirmed + move.confirmed, cancelled = line.cancelled + move.cancelled,
                 returned = line.returned + move.returned, exchanged = line.exchanged + move.exchanged,
                 claimed = line.claimed + move.claimed
             FROM json_populate_recordset(NULL::order_line, $1::text::json) AS move
             WHERE line.order_id = move.order_id AND line.line_no = move.line_no",
            moves
        )
        .execute(db)
        .await?;
    }
    Ok(())
}

async fn write_groups(db: &mut PgConnection, gathered: &Gathered) -> sqlx::Result<()> {
    if let Some(groups) = parameter(&gathered.groups)? {
        sqlx::query!(
            "INSERT INTO order_group SELECT * FROM json_populate_recordset(NULL::order_group, $1::text::json)",
            groups
        )
        .execute(&mut *db)
        .await?;
    }
    if let Some(suppliers) = parameter(&gathered.suppliers)? {
        sqlx::query!(
            "INSERT INTO order_merchant SELECT * FROM json_populate_recordset(NULL::order_merchant, $1::text::json)",
            suppliers
        )
        .execute(db)
        .await?;
    }
    Ok(())
}

async fn write_payments(db: &mut PgConnection, gathered: &Gathered) -> sqlx::Result<()> {
    if let Some(new) = gathered.payments.new_rows()? {
        sqlx::query!(
            "INSERT INTO order_payment SELECT * FROM json_populate_recordset(NULL::order_payment, $1::text::json)",
            new
        )
        .execute(&mut *db)
        .await?;
    }
    if let Some(changes) = gathered.payments.changes()? {
        sqlx::query!(
            "UPDATE order_payment AS payment
             SET status = COALESCE(change.status, payment.status),
                 refunded_minor = COALESCE(change.refunded_minor, payment.refunded_minor),
                 position = change.position
             FROM json_populate_recordset(NULL::order_payment, $1::text::json) AS change
             WHERE payment.payment = change.payment",
            changes
        )
        .execute(db)
        .await?;
    }
    Ok(())
}

async fn write_history(db: &mut PgConnection, gathered: &Gathered) -> sqlx::Result<()> {
    if let Some(history) = parameter(&gathered.history)? {
        sqlx::query!(
            "INSERT INTO order_history SELECT * FROM json_populate_recordset(NULL::order_history, $1::text::json)",
            history
        )
        .execute(db)
        .await?;
    }
    Ok(())
}
