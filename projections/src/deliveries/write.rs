//! Writing the shipment tables: a batch is gathered in memory, then each table takes one statement per kind of change.

use sqlx::PgConnection;

use super::row::{Row, Scan, Shipment, ShipmentChange, ShipmentLine};
use crate::touched::{Touched, parameter};

/// Writes the changes of a batch.
pub(super) async fn write(db: &mut PgConnection, rows: Vec<Row>) -> sqlx::Result<()> {
    let mut shipments = Touched::none();
    let (mut lines, mut scans) = (Vec::new(), Vec::new());
    for row in rows {
        match row {
            Row::Requested(shipment, its_lines) => {
                shipments.add(*shipment);
                lines.extend(its_lines);
            }
            Row::Changed(change) => shipments.change(*change),
            Row::Scanned(scan) => scans.push(scan),
        }
    }
    write_shipments(db, &shipments).await?;
    write_lines(db, &lines).await?;
    write_scans(db, &scans).await
}

async fn write_shipments(
    db: &mut PgConnection,
    shipments: &Touched<Shipment, ShipmentChange>,
) -> sqlx::Result<()> {
    if let Some(new) = parameter(shipments.new_rows())? {
        sqlx::query!(
            "INSERT INTO shipment SELECT * FROM json_populate_recordset(NULL::shipment, $1::text::json)",
            new
        )
        .execute(&mut *db)
        .await?;
    }
    if let Some(changes) = shipments.changes()? {
        sqlx::query!(
            "UPDATE shipment AS kept
             SET status = COALESCE(change.status, kept.status),
                 carrier = COALESCE(change.carrier, kept.carrier),
                 tracking_number = COALESCE(change.tracking_number, kept.tracking_number),
                 delay_reason = COALESCE(change.delay_reason, kept.delay_reason),
                 delay_text = COALESCE(change.delay_text, kept.delay_text),
                 cancel_reason = COALESCE(change.cancel_reason, kept.cancel_reason),
                 accepted_at = COALESCE(change.accepted_at, kept.accepted_at),
                 dispatched_at = COALESCE(change.dispatched_at, kept.dispatched_at),
                 delivered_at = COALESCE(change.delivered_at, kept.delivered_at),
                 cancelled_at = COALESCE(change.cancelled_at, kept.cancelled_at),
                 position = change.position
             FROM json_populate_recordset(NULL::shipment, $1::text::json) AS change
             WHERE kept.shipment = change.shipment",
            changes
        )
        .execute(db)
        .await?;
    }
    Ok(())
}

async fn write_lines(db: &mut PgConnection, lines: &[ShipmentLine]) -> sqlx::Result<()> {
    if let Some(lines) = parameter(lines)? {
        sqlx::query!(
            "INSERT INTO shipment_line SELECT * FROM json_populate_recordset(NULL::shipment_line, $1::text::json)",
            lines
        )
        .execute(db)
        .await?;
    }
    Ok(())
}

async fn write_scans(db: &mut PgConnection, scans: &[Scan]) -> sqlx::Result<()> {
    if let Some(scans) = parameter(scans)? {
        sqlx::query!(
            "INSERT INTO shipment_scan SELECT * FROM json_populate_recordset(NULL::shipment_scan, $1::text::json)",
            scans
        )
        .execute(db)
        .await?;
    }
    Ok(())
}
