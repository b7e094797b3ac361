//! Settlement's own books: statements with their items, the double-entry ledger behind them, and cash receipts.
//!
//! Entries of settlement events are taken as they stand in the event; those of payment events are made by the
//! domain's own postings. Each cites the log position that caused it, so any figure leads back to an event.
//! Never here: an amount that no event says, a rate, a rounding.

mod phase;
mod project;
pub mod query;
mod row;
mod write;

use std::sync::Arc;

use eventstore::{ReadError, Recorded};
use sqlx::PgConnection;

pub use phase::{ReceiptState, StatementPhase};
pub use row::Row;

use crate::Projection;

/// The read model of statements and ledger.
#[derive(Debug)]
pub struct Books;

impl Projection for Books {
    const NAME: &'static str = "books";
    const REVISION: i32 = 2;
    const CONTEXTS: &'static [&'static str] = &["payment", "settlement"];
    const TABLES: &'static [&'static str] =
        &["statement", "statement_carry", "settlement_item", "ledger_entry", "ledger_line", "cash_receipt"];
    const SCHEMA: &'static str = include_str!("../../migrations/read_models/books.sql");
    type Row = Row;

    fn project(recorded: &Recorded) -> Result<Vec<Row>, ReadError> {
        if let Some(events) = recorded.events_of::<settlement::Statement>()? {
            return Ok(project::of_statement(recorded.seq, Arc::unwrap_or_clone(events)));
        }
        match recorded.events_of::<payment::Payment>()? {
            Some(events) => project::of_payment(recorded, &events),
            None => Ok(Vec::new()),
        }
    }

    async fn write(connection: &mut PgConnection, rows: Vec<Row>) -> sqlx::Result<()> {
        write::write(connection, rows).await
    }
}
