//! Rows that change, and payments, of which there are few columns and few at a time: as JSON.

use sqlx::PgConnection;

use super::gather::Gathered;
use crate::orders::row::{Payment, PaymentChange};
use crate::touched::{Touched, parameter};

pub(super) async fn heads(db: &mut PgConnection, gathered: &Gathered) -> sqlx::Result<()> {
    if let Some(changes) = gathered.heads.changes()? {
        sqlx::query!(
            "UPDATE order_head AS head
             SET status = COALESCE(change.status, head.status),
                 paid_at = COALESCE(change.paid_at, head.paid_at),
                 closed_at = COALESCE(change.closed_at, head.closed_at),
                 held_until = CASE WHEN change.confirmation_held IS NULL THEN head.held_until ELSE change.held_until END,
                 confirmation_held = COALESCE(change.confirmation_held, head.confirmation_held),
                 gift_status = COALESCE(change.gift_status, head.gift_status),
                 accept_by = COALESCE(change.accept_by, head.accept_by),
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

pub(super) async fn lines(db: &mut PgConnection, gathered: &Gathered) -> sqlx::Result<()> {
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

pub(super) async fn payments(
    db: &mut PgConnection,
    payments: &Touched<Payment, PaymentChange>,
) -> sqlx::Result<()> {
    if let Some(new) = parameter(payments.new_rows())? {
        sqlx::query!(
            "INSERT INTO order_payment SELECT * FROM json_populate_recordset(NULL::order_payment, $1::text::json)",
            new
        )
        .execute(&mut *db)
        .await?;
    }
    if let Some(changes) = payments.changes()? {
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
