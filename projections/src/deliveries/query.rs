//! Questions about shipments: the delivery board, an order's parcels, one parcel with its scans, a carrier's number.

use chrono::{DateTime, Utc};
use kernel::id::{MerchantId, OrderId, ShipmentId};
use serde::Serialize;
use sqlx::PgPool;
use sqlx::types::Json;
use uuid::Uuid;

use super::row::{Scan, ShipmentLine};
use crate::page::{Cursor, MAX_LIMIT, Page, rows_to_fetch};

/// The most shipments told of one order.
pub const OF_ORDER_MAX: i64 = 1_000;

/// A shipment as it stands.
#[derive(Debug, Clone, Serialize)]
pub struct ShipmentView {
    /// The shipment.
    pub shipment: Uuid,
    /// The order it belongs to.
    pub order: Uuid,
    /// The delivery group (배송 묶음) within the order.
    pub group_no: i32,
    /// Who sends it, or gets it back.
    pub merchant: Uuid,
    /// The mall of the order.
    pub mall: String,
    /// `outbound` or `return_pickup`.
    pub purpose: String,
    /// The claim that asked for the pick-up.
    pub claim: Option<Uuid>,
    /// Where it stands, as [`shipping::shipment::Status`] writes it.
    pub status: String,
    /// Who carries it.
    pub carrier: Option<String>,
    /// The carrier's number of it.
    pub tracking_number: Option<String>,
    /// When it has to be dispatched.
    pub dispatch_due: DateTime<Utc>,
    /// Why the dispatch is late (발송지연), if that was said.
    pub delay_reason: Option<String>,
    /// The same in words.
    pub delay_text: Option<String>,
    /// Why it was called off.
    pub cancel_reason: Option<String>,
    /// When it was asked for.
    pub requested_at: DateTime<Utc>,
    /// When the merchant saw it (발주확인).
    pub accepted_at: Option<DateTime<Utc>>,
    /// When it left (송장 등록).
    pub dispatched_at: Option<DateTime<Utc>>,
    /// When it was handed over, as the carrier says.
    pub delivered_at: Option<DateTime<Utc>>,
    /// When it was called off.
    pub cancelled_at: Option<DateTime<Utc>>,
    /// Whom it goes to, or is fetched from, sealed.
    pub recipient: String,
    /// The shipment's version: the position of its last commit.
    pub position: i64,
    /// What is in it.
    pub lines: Json<Vec<ShipmentLine>>,
    /// What the carrier saw, in the order of its clock; left out of lists.
    pub scans: Option<Json<Vec<Scan>>>,
}

impl ShipmentView {
    const fn cursor(&self) -> Cursor {
        Cursor { at: self.requested_at, id: self.shipment }
    }
}

/// Selects [`ShipmentView`]s. `$1` says whether the scans are told.
macro_rules! select_shipments {
    ($tail:literal, $($argument:expr),+ $(,)?) => {
        sqlx::query_as!(
            ShipmentView,
            r#"SELECT parcel.shipment, parcel.order_id AS "order", parcel.group_no, parcel.merchant, parcel.mall,
                      parcel.purpose, parcel.claim, parcel.status, parcel.carrier, parcel.tracking_number,
                      parcel.dispatch_due, parcel.delay_reason, parcel.delay_text, parcel.cancel_reason,
                      parcel.requested_at, parcel.accepted_at, parcel.dispatched_at, parcel.delivered_at,
                      parcel.cancelled_at, parcel.recipient, parcel.position,
                      COALESCE((SELECT jsonb_agg(to_jsonb(line) ORDER BY line.line_no) FROM shipment_line AS line
                                WHERE line.shipment = parcel.shipment), '[]') AS "lines!: Json<Vec<ShipmentLine>>",
                      CASE WHEN $1::boolean THEN COALESCE(
                          (SELECT jsonb_agg(to_jsonb(seen) ORDER BY seen.occurred_at, seen.position)
                           FROM shipment_scan AS seen WHERE seen.shipment = parcel.shipment), '[]')
                      END AS "scans?: Json<Vec<Scan>>"
               FROM shipment AS parcel "#
                + $tail,
            $($argument),+
        )
    };
}

/// One shipment with its scans; `None` where there is none.
pub async fn shipment(pool: &PgPool, shipment: ShipmentId) -> sqlx::Result<Option<ShipmentView>> {
    select_shipments!("WHERE parcel.shipment = $2", true, shipment.0).fetch_optional(pool).await
}

/// All shipments of an order, pick-ups included, the oldest first.
pub async fn of_order(pool: &PgPool, order: OrderId) -> sqlx::Result<Vec<ShipmentView>> {
    shipments_of(pool, order, false).await
}

/// The same with their scans.
pub async fn tracks_of_order(pool: &PgPool, order: OrderId) -> sqlx::Result<Vec<ShipmentView>> {
    shipments_of(pool, order, true).await
}

async fn shipments_of(pool: &PgPool, order: OrderId, with_scans: bool) -> sqlx::Result<Vec<ShipmentView>> {
    select_shipments!(
        "WHERE parcel.order_id = $2 ORDER BY parcel.requested_at, parcel.shipment LIMIT $3",
        with_scans,
        order.0,
        OF_ORDER_MAX
    )
    .fetch_all(pool)
    .await
}

/// The shipments that travel under a carrier's number, the newest first: a number may cover several parcels, and
/// carriers use their numbers again.
pub async fn by_tracking(
    pool: &PgPool,
    carrier: &str,
    tracking_number: &str,
) -> sqlx::Result<Vec<ShipmentView>> {
    select_shipments!(
        "WHERE parcel.carrier = $2 AND parcel.tracking_number = $3
         ORDER BY parcel.dispatched_at DESC, parcel.shipment LIMIT $4",
        false,
        carrier,
        tracking_number,
        i64::from(MAX_LIMIT)
    )
    .fetch_all(pool)
    .await
}

/// What a merchant's delivery board shows; every condition that is said must hold.
#[derive(Debug, Clone, Default)]
pub struct Board {
    /// The shipment's status.
    pub status: Option<String>,
    /// Only what had to be dispatched before this instant and has not been.
    pub overdue_at: Option<DateTime<Utc>>,
}

/// A merchant's delivery board, the newest first.
pub async fn of_merchant(
    pool: &PgPool,
    merchant: MerchantId,
    board: &Board,
    after: Option<Cursor>,
    limit: u32,
) -> sqlx::Result<Page<ShipmentView>> {
    let after = after.unwrap_or_else(Cursor::newest);
    let shipments = match board.overdue_at {
        Some(overdue_at) => {
            select_shipments!(
                "WHERE parcel.merchant = $2 AND ($3::text IS NULL OR parcel.status = $3)
                   AND (parcel.requested_at, parcel.shipment) < ($4, $5)
                   AND parcel.dispatched_at IS NULL AND parcel.cancelled_at IS NULL AND parcel.dispatch_due < $7
                 ORDER BY parcel.requested_at DESC, parcel.shipment DESC LIMIT $6",
                false,
                merchant.0,
                board.status.as_deref(),
                after.at,
                after.id,
                rows_to_fetch(limit),
                overdue_at
            )
            .fetch_all(pool)
            .await?
        }
        None => {
            select_shipments!(
                "WHERE parcel.merchant = $2 AND ($3::text IS NULL OR parcel.status = $3)
                   AND (parcel.requested_at, parcel.shipment) < ($4, $5)
                 ORDER BY parcel.requested_at DESC, parcel.shipment DESC LIMIT $6",
                false,
                merchant.0,
                board.status.as_deref(),
                after.at,
                after.id,
                rows_to_fetch(limit)
            )
            .fetch_all(pool)
            .await?
        }
    };
    Ok(Page::cut(shipments, limit, ShipmentView::cursor))
}
