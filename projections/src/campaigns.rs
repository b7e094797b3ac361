//! Campaigns and coupons (쿠폰) as operators, merchants and shoppers look at them: what a campaign says, how far it has come
//! and what it has cost, and where each coupon stands.
//!
//! Never here: whether a coupon may be handed out or used, which their aggregates say. A list may lag behind them.

pub mod query;
pub mod row;

mod project;
mod write;

pub use query::{CampaignState, CampaignView, CouponState, CouponView, Search};

use eventstore::{ReadError, Recorded};
use sqlx::PgConnection;

use crate::Projection;

/// The read model of campaigns and their coupons.
#[derive(Debug)]
pub struct Campaigns;

impl Projection for Campaigns {
    const NAME: &'static str = "campaigns";
    const REVISION: i32 = 1;
    const CONTEXTS: &'static [&'static str] = &["order"];
    const TABLES: &'static [&'static str] = &["campaign", "coupon"];
    const SCHEMA: &'static str = include_str!("../../migrations/read_models/campaigns.sql");
    type Row = row::Row;

    fn project(recorded: &Recorded) -> Result<Vec<row::Row>, ReadError> {
        project::project(recorded)
    }

    async fn write(connection: &mut PgConnection, rows: Vec<row::Row>) -> sqlx::Result<()> {
        write::write(connection, rows).await
    }
}
