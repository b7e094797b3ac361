//! Who takes part: members, merchants with their contracts, operators.
//!
//! Only what the log holds in clear; names and addresses stay sealed there. Never here: a password's or a secret's hash,
//! sessions, the claims on e-mail addresses.

mod project;
pub mod query;
mod row;
mod write;

use eventstore::{ReadError, Recorded};
use sqlx::PgConnection;

use crate::Projection;

pub use row::Row;

/// The read model `people`.
#[derive(Debug)]
pub struct People;

impl Projection for People {
    const NAME: &'static str = "people";
    const REVISION: i32 = 2;
    const CONTEXTS: &'static [&'static str] = &["member"];
    const TABLES: &'static [&'static str] =
        &["member_row", "merchant_row", "merchant_contract", "operator_row"];
    const SCHEMA: &'static str = include_str!("../../migrations/read_models/people.sql");
    type Row = Row;

    fn project(recorded: &Recorded) -> Result<Vec<Row>, ReadError> {
        project::rows(recorded)
    }

    async fn write(connection: &mut PgConnection, rows: Vec<Row>) -> sqlx::Result<()> {
        write::write(connection, rows).await
    }
}
