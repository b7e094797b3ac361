//! Orders as shoppers, merchants and operators see them: where every piece is, what was paid, and the whole timeline.
//!
//! Commits of order and payment fill the tables; those of shipping and claim only their line in the history. Never
//! here: a rule of the order. What may be claimed or confirmed is asked of the aggregate.

pub mod query;
pub mod row;

mod history;
mod project;
mod write;

pub use query::{
    HistoryEntry, OrderView, Search, StatusCount, counts_by_status, history, of_member, of_merchant, order,
    search,
};
pub use row::{Group, Line, Pieces};

use eventstore::{ReadError, Recorded};
use sqlx::PgConnection;

use crate::Projection;

/// The read model of orders.
#[derive(Debug)]
pub struct Orders;

impl Projection for Orders {
    const NAME: &'static str = "orders";
    const REVISION: i32 = 3;
    const CONTEXTS: &'static [&'static str] = &["order", "payment", "shipping", "claim"];
    const TABLES: &'static [&'static str] =
        &["order_head", "order_line", "order_group", "order_merchant", "order_payment", "order_history"];
    const SCHEMA: &'static str = include_str!("../../migrations/read_models/orders.sql");
    type Row = row::Row;

    fn project(recorded: &Recorded) -> Result<Vec<row::Row>, ReadError> {
        project::project(recorded)
    }

    async fn write(connection: &mut PgConnection, rows: Vec<row::Row>) -> sqlx::Result<()> {
        write::write(connection, rows).await
    }
}
