//! Whether the live read models are what the log says: each beside a fold of the log up to its very position.
//!
//! Needs the database, and room in it for one read model at a time. Never here: a repair; that is `jangteo rebuild`.

use eventstore::{Log, Seq};
use projections::books::Books;
use projections::campaigns::Campaigns;
use projections::catalog::Catalog;
use projections::claims::Claims;
use projections::comparison::ComparedTable;
use projections::deliveries::Deliveries;
use projections::orders::Orders;
use projections::people::People;
use projections::{Comparison, ComparisonError, Projection, compare};
use sagas::Timers;
use serde::Serialize;
use sqlx::PgPool;

/// What comparing the read models came to.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ReadModels {
    /// Each of them.
    pub models: Vec<ComparedModel>,
}

/// One read model beside the fold of the log.
#[derive(Debug, Clone, Serialize)]
pub struct ComparedModel {
    /// Its name.
    pub name: &'static str,
    /// The position that both have seen; `None` where it could not be compared.
    pub position: Option<Seq>,
    /// The tables that are not equal.
    pub differing: Vec<DifferingTable>,
    /// Why it could not be compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
}

/// A table that is not what the log says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DifferingTable {
    /// Its name.
    pub table: &'static str,
    /// Rows that only the live table holds. A row that was changed is among these and among the missing.
    pub surplus_rows: u64,
    /// Rows that the live table should hold.
    pub missing_rows: u64,
}

/// Compares every read model, one after the other. `progress` hears which one is folded and how far.
pub async fn compare_read_models(
    pool: &PgPool,
    log: &Log,
    mut progress: impl FnMut(&'static str, Seq),
) -> ReadModels {
    let models = vec![
        one::<Books>(pool, log, &mut progress).await,
        one::<Campaigns>(pool, log, &mut progress).await,
        one::<Catalog>(pool, log, &mut progress).await,
        one::<Claims>(pool, log, &mut progress).await,
        one::<Deliveries>(pool, log, &mut progress).await,
        one::<Orders>(pool, log, &mut progress).await,
        one::<People>(pool, log, &mut progress).await,
        one::<Timers>(pool, log, &mut progress).await,
    ];
    ReadModels { models }
}

async fn one<P: Projection>(
    pool: &PgPool,
    log: &Log,
    progress: &mut impl FnMut(&'static str, Seq),
) -> ComparedModel {
    ComparedModel::of(P::NAME, compare::<P>(pool, log, |at| progress(P::NAME, at)).await)
}

impl ComparedModel {
    fn of(name: &'static str, compared: Result<Comparison, ComparisonError>) -> Self {
        match compared {
            Ok(Comparison { position, tables }) => {
                let differing = tables.iter().filter_map(differing).collect();
                Self { name, position: Some(position), differing, failure: None }
            }
            Err(error) => {
                Self { name, position: None, differing: Vec::new(), failure: Some(error.to_string()) }
            }
        }
    }

    fn is_equal(&self) -> bool {
        self.failure.is_none() && self.differing.is_empty()
    }
}

fn differing(table: &ComparedTable) -> Option<DifferingTable> {
    let difference = table.difference?;
    Some(DifferingTable {
        table: table.table,
        surplus_rows: difference.first_alone,
        missing_rows: difference.second_alone,
    })
}

impl ReadModels {
    /// Whether each of them was compared and is equal.
    pub fn are_equal(&self) -> bool {
        self.models.iter().all(ComparedModel::is_equal)
    }
}

impl std::fmt::Display for ReadModels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for model in &self.models {
            match (&model.failure, model.position) {
                (Some(failure), _) => writeln!(f, "read model {:<12} not compared: {failure}", model.name)?,
                (None, position) => {
                    let verdict = if model.is_equal() { "equals the log" } else { "differs from the log" };
                    writeln!(
                        f,
                        "read model {:<12} {verdict} at position {}",
                        model.name,
                        position.unwrap_or_default()
                    )?;
                }
            }
            for DifferingTable { table, surplus_rows, missing_rows } in &model.differing {
                writeln!(
                    f,
                    "  table {table}: {missing_rows} rows missing, {surplus_rows} rows that should not be there"
                )?;
            }
        }
        Ok(())
    }
}
