//! The catalogue: what shoppers find, what merchants manage, what operators review.
//!
//! Reads products, stock and the standard classification, the display trees, the standing of merchants, and orders for
//! what sells best. A listing is shown while its product is on sale, its merchant trades and, unless asked otherwise,
//! it is in stock: each of these is one column that the commit changes, so it leaves every list in the same
//! transaction. Never here: exhibitions' products (a page of the mall), carts, a decision.

mod changes;
mod project;
pub mod query;
mod row;
mod write;

use eventstore::{ReadError, Recorded};
use sqlx::PgConnection;

use crate::Projection;

pub use row::Row;

/// The read model `catalog`.
#[derive(Debug)]
pub struct Catalog;

impl Projection for Catalog {
    const NAME: &'static str = "catalog";
    const REVISION: i32 = 3;
    const CONTEXTS: &'static [&'static str] = &["product", "display", "member", "order"];
    const TABLES: &'static [&'static str] = &[
        "listing_merchant",
        "listing",
        "listing_text",
        "listing_sku",
        "stock_level",
        "unpaid_line",
        "standard_category",
        "display_tree",
        "display_category",
    ];
    const SCHEMA: &'static str = include_str!("../../migrations/read_models/catalog.sql");
    type Row = Row;

    fn project(recorded: &Recorded) -> Result<Vec<Row>, ReadError> {
        project::rows(recorded)
    }

    async fn write(connection: &mut PgConnection, rows: Vec<Row>) -> sqlx::Result<()> {
        write::write(connection, rows.into_iter().collect()).await
    }
}
