//! Claims as shoppers, merchants and operators see them: how far each is, what it gives back, who must act.
//!
//! Never here: a rule of the claim. The phase is the one its events say, by the aggregate's own words.

pub mod query;
pub mod row;

mod project;
mod write;

pub use query::{ClaimView, claim, of_member, of_merchant, of_order, queue};
pub use row::ClaimLine;

use eventstore::{ReadError, Recorded};
use sqlx::PgConnection;

use crate::Projection;

/// The read model of claims.
#[derive(Debug)]
pub struct Claims;

impl Projection for Claims {
    const NAME: &'static str = "claims";
    const REVISION: i32 = 1;
    const CONTEXTS: &'static [&'static str] = &["claim"];
    const TABLES: &'static [&'static str] = &["claim", "claim_line", "claim_merchant"];
    const SCHEMA: &'static str = include_str!("../../migrations/read_models/claims.sql");
    type Row = row::Row;

    fn project(recorded: &Recorded) -> Result<Vec<row::Row>, ReadError> {
        project::project(recorded)
    }

    async fn write(connection: &mut PgConnection, rows: Vec<row::Row>) -> sqlx::Result<()> {
        write::write(connection, rows).await
    }
}
