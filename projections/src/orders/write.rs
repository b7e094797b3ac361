//! Writing the order tables: a batch is gathered in memory, then each table takes one statement per kind of change.

mod change;
mod gather;
mod insert;

use sqlx::PgConnection;

use super::row::Row;
use gather::Gathered;

/// Writes the changes of a batch.
pub(super) async fn write(db: &mut PgConnection, rows: Vec<Row>) -> sqlx::Result<()> {
    let gathered = Gathered::of(rows);
    insert::heads(db, &gathered.heads.new_rows()).await?;
    change::heads(db, &gathered).await?;
    insert::lines(db, &gathered.lines.new_rows()).await?;
    change::lines(db, &gathered).await?;
    insert::groups(db, &gathered.groups).await?;
    insert::suppliers(db, &gathered.suppliers.into_iter().collect::<Vec<_>>()).await?;
    change::payments(db, &gathered.payments).await
}
