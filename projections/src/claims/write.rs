//! Writing the claim tables: a batch is gathered in memory, then each table takes one statement per kind of change.

use std::collections::BTreeSet;

use sqlx::PgConnection;

use super::row::{Claim, ClaimChange, ClaimLine, Concerned, Row};
use crate::touched::{Touched, parameter};

/// Writes the changes of a batch.
pub(super) async fn write(db: &mut PgConnection, rows: Vec<Row>) -> sqlx::Result<()> {
    let mut claims = Touched::none();
    let (mut lines, mut concerned) = (Vec::new(), BTreeSet::new());
    for row in rows {
        match row {
            Row::Requested(claim, its_lines) => {
                concerned.extend(its_lines.iter().map(|line| concerns(&claim, line)));
                claims.add(*claim);
                lines.extend(its_lines);
            }
            Row::Changed(change) => claims.change(change),
        }
    }
    write_claims(db, &claims).await?;
    write_lines(db, &lines).await?;
    write_concerned(db, &concerned).await
}

fn concerns(claim: &Claim, line: &ClaimLine) -> Concerned {
    Concerned { merchant: line.merchant, requested_at: claim.requested_at, claim: line.claim }
}

async fn write_claims(db: &mut PgConnection, claims: &Touched<Claim, ClaimChange>) -> sqlx::Result<()> {
    if let Some(new) = parameter(claims.new_rows())? {
        sqlx::query!(
            "INSERT INTO claim SELECT * FROM json_populate_recordset(NULL::claim, $1::text::json)",
            new
        )
        .execute(&mut *db)
        .await?;
    }
    if let Some(changes) = claims.changes()? {
        sqlx::query!(
            "UPDATE claim AS kept
             SET phase = COALESCE(change.phase, kept.phase),
                 goods_minor = COALESCE(change.goods_minor, kept.goods_minor),
                 shipping_minor = COALESCE(change.shipping_minor, kept.shipping_minor),
                 return_fee_minor = COALESCE(change.return_fee_minor, kept.return_fee_minor),
                 shipping_deducted_minor =
                     COALESCE(change.shipping_deducted_minor, kept.shipping_deducted_minor),
                 total_minor = COALESCE(change.total_minor, kept.total_minor),
                 unpaid_fee_minor = COALESCE(change.unpaid_fee_minor, kept.unpaid_fee_minor),
                 refund = COALESCE(change.refund, kept.refund),
                 refunded_minor = COALESCE(change.refunded_minor, kept.refunded_minor),
                 pickup = COALESCE(change.pickup, kept.pickup),
                 refusal = COALESCE(change.refusal, kept.refusal),
                 hold_reason = CASE WHEN change.hold_changes THEN change.hold_reason ELSE kept.hold_reason END,
                 hold_duty = CASE WHEN change.hold_changes THEN change.hold_duty ELSE kept.hold_duty END,
                 hold_due = CASE WHEN change.hold_changes THEN change.hold_due ELSE kept.hold_due END,
                 closed_at = COALESCE(change.closed_at, kept.closed_at),
                 position = change.position
             FROM json_to_recordset($1::text::json) AS change (
                 claim uuid, phase text, goods_minor bigint, shipping_minor bigint, return_fee_minor bigint,
                 shipping_deducted_minor bigint, total_minor bigint, unpaid_fee_minor bigint, refund uuid, refunded_minor bigint, pickup uuid, refusal text,
                 hold_changes boolean, hold_reason text, hold_duty text, hold_due timestamptz,
                 closed_at timestamptz, position bigint)
             WHERE kept.claim = change.claim",
            changes
        )
        .execute(db)
        .await?;
    }
    Ok(())
}

async fn write_lines(db: &mut PgConnection, lines: &[ClaimLine]) -> sqlx::Result<()> {
    if let Some(lines) = parameter(lines)? {
        sqlx::query!(
            "INSERT INTO claim_line SELECT * FROM json_populate_recordset(NULL::claim_line, $1::text::json)",
            lines
        )
        .execute(db)
        .await?;
    }
    Ok(())
}

async fn write_concerned(db: &mut PgConnection, concerned: &BTreeSet<Concerned>) -> sqlx::Result<()> {
    if let Some(concerned) = parameter(concerned)? {
        sqlx::query!(
            "INSERT INTO claim_merchant SELECT * FROM json_populate_recordset(NULL::claim_merchant, $1::text::json)",
            concerned
        )
        .execute(db)
        .await?;
    }
    Ok(())
}
