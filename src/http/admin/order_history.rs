//! `GET /admin/v1/orders/{order}/history`: everything that happened to an order.

use axum::extract::State;
use chrono::{DateTime, Utc};
use kernel::id::OrderId;
use projections::Projection;
use projections::orders::{Orders, query};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::http::{Json, NotBefore, Path, Problem, SupportStaff};

/// An order's history.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderHistory {
    /// What happened to the order, its payment, shipments and claims, in the order of the log; at most 10,000.
    happenings: Vec<OrderHappening>,
}

/// Something that happened.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderHappening {
    /// Where it stands in the log.
    position: i64,
    /// Which event of that commit, from 0.
    ordinal: i32,
    /// When it happened; a scan may be learned long after.
    at: DateTime<Utc>,
    /// `order`, `payment`, `shipping` or `claim`.
    context: String,
    /// The event's name.
    event: String,
    /// `guest`, `shopper`, `merchant`, `operator` or `system`.
    actor_kind: String,
    /// Who, or which part of the system.
    actor_id: Option<String>,
    /// Everything that followed from one request shares it: the request's trace id.
    correlation_id: Uuid,
    /// A few words: ids, amounts, reasons.
    #[schema(value_type = Object)]
    detail: Value,
}

impl From<query::HistoryEntry> for OrderHappening {
    fn from(entry: query::HistoryEntry) -> Self {
        Self {
            position: entry.position,
            ordinal: entry.ordinal,
            at: entry.at,
            context: entry.context,
            event: entry.event,
            actor_kind: entry.actor_kind,
            actor_id: entry.actor_id,
            correlation_id: entry.correlation_id,
            detail: entry.detail,
        }
    }
}

/// What happened to an order, in the order of the log.
#[utoipa::path(
    get,
    path = "/orders/{order}/history",
    security(("access_token" = ["support"])),
    params(("order" = Uuid, Path)),
    responses((status = 200, body = OrderHistory))
)]
pub async fn order_history(
    State(app): State<App>,
    _: SupportStaff,
    Path(order): Path<OrderId>,
    at_least: NotBefore,
) -> Result<Json<OrderHistory>, Problem> {
    at_least.wait(&app.positions, &[Orders::NAME]).await?;
    let entries = query::history(&app.pool, order).await?;
    if entries.is_empty() {
        return Err(Problem::not_found());
    }
    Ok(Json(OrderHistory { happenings: entries.into_iter().map(OrderHappening::from).collect() }))
}
