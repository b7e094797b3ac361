//! Orders as shoppers, merchants and operators see them: where every piece is, and what was paid.
//!
//! Never here: what happened to an order, which is told from its own stream; or a rule of the order. What may be claimed
//! or confirmed is asked of the aggregate.

pub mod query;
pub mod row;

mod project;
mod write;

pub use query::{OrderView, Search, StatusCount, counts_by_status, of_member, of_merchant, order, search};
pub use row::{Group, Line, Pieces};

use eventstore::{ReadError, Recorded};
use sqlx::PgConnection;

use crate::Projection;

/// The read model of orders.
#[derive(Debug)]
pub struct Orders;

impl Projection for Orders {
    const NAME: &'static str = "orders";
    const REVISION: i32 = 6;
    const CONTEXTS: &'static [&'static str] = &["order", "payment"];
    const TABLES: &'static [&'static str] =
        &["order_head", "order_line", "order_group", "order_merchant", "order_payment"];
    const SCHEMA: &'static str = include_str!("../../migrations/read_models/orders.sql");
    type Row = row::Row;

    fn project(recorded: &Recorded) -> Result<Vec<row::Row>, ReadError> {
        project::project(recorded)
    }

    async fn write(connection: &mut PgConnection, rows: Vec<row::Row>) -> sqlx::Result<()> {
        write::write(connection, rows).await
    }
}
