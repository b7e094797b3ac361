//! Shipments as merchants, shoppers and carriers' webhooks ask for them: where each parcel is and what the carrier saw.
//!
//! Never here: a plain address (the recipient is sealed), or a guess about a scan; the shipment has decided already.

pub mod query;
pub mod row;

mod project;
mod write;

pub use query::{Board, ShipmentView, by_tracking, of_merchant, of_order, shipment};
pub use row::{Scan, ShipmentLine};

use eventstore::{ReadError, Recorded};
use sqlx::PgConnection;

use crate::Projection;

/// The read model of shipments.
#[derive(Debug)]
pub struct Deliveries;

impl Projection for Deliveries {
    const NAME: &'static str = "deliveries";
    const REVISION: i32 = 2;
    const CONTEXTS: &'static [&'static str] = &["shipping"];
    const TABLES: &'static [&'static str] = &["shipment", "shipment_line", "shipment_scan"];
    const SCHEMA: &'static str = include_str!("../../migrations/read_models/deliveries.sql");
    type Row = row::Row;

    fn project(recorded: &Recorded) -> Result<Vec<row::Row>, ReadError> {
        project::project(recorded)
    }

    async fn write(connection: &mut PgConnection, rows: Vec<row::Row>) -> sqlx::Result<()> {
        write::write(connection, rows).await
    }
}
