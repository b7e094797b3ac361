//! Handing out a statement's items and the balances that it took over. An export is complete or it is none: its rows must lead to the hash that the
//! statement got when it was closed.

use kernel::id::StatementId;
use kernel::{Amount, Timestamp};
use projections::books::query;
use settlement::export::{self, Export, Row};
use settlement::state::Standing;
use settlement::{Rejection, Statement, chain};

use super::ServiceError;
use crate::app::App;

/// How an export is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Comma-separated values.
    Csv,
    /// One JSON object a line.
    JsonLines,
}

impl App {
    /// The export of a closed statement: the same bytes each time.
    pub async fn export_statement(
        &self,
        statement: StatementId,
        format: Format,
    ) -> Result<Export, ServiceError> {
        let row = query::statement(&self.pool, statement).await?;
        let row = row.ok_or_else(|| ServiceError::refused(Rejection::NoSuchStatement))?;
        let closed_at = row.closed_at.ok_or_else(|| ServiceError::refused(Rejection::NotClosed))?;
        let rows = query::export_rows(&self.pool, statement).await?;
        let state = self.log.read_latest::<Statement>(&statement).await?.state;
        let due = Amount::from_minor(row.due_minor);
        if !state.standing().is_some_and(|standing| leads_to_hash(standing, &rows, due, closed_at)) {
            return Err(ServiceError::Broken(format!("statement {statement}: its rows miss its hash")));
        }
        Ok(match format {
            Format::Csv => export::csv(&rows),
            Format::JsonLines => export::json_lines(&rows),
        })
    }
}

fn leads_to_hash(standing: &Standing, rows: &[Row], due: Amount, closed_at: Timestamp) -> bool {
    let first = chain::genesis(standing.statement(), standing.heading());
    let sealed = chain::seal(&chain::with_rows(&first, rows), due, closed_at);
    standing.hash() == Some(&sealed)
}
