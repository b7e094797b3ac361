//! `GET /seller/v1/shipments`: the delivery board.

use axum::extract::State;
use kernel::Timestamp;
use projections::deliveries::{self, Board, Deliveries, ShipmentView};
use projections::{Cursor, Projection};
use serde::{Deserialize, Serialize};
use shipping::shipment::value::Status;
use utoipa::ToSchema;

use super::shipment::OwnShipment;
use crate::app::App;
use crate::http::{Json, MerchantCaller, NotBefore, Page, Paged, Problem};

/// Which shipments.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct BoardFilter {
    /// Those that stand here, e.g. `requested` or `in_transit`.
    #[param(value_type = Option<String>)]
    status: Option<Status>,
    /// `true` for those only that should have been dispatched by now.
    overdue: Option<bool>,
}

/// A shipment on the board.
#[derive(Debug, Serialize, ToSchema)]
pub struct BoardEntry {
    /// The shipment.
    #[serde(flatten)]
    pub shipment: OwnShipment,
    /// Whether it should have been dispatched by now.
    pub overdue: bool,
}

/// Your delivery board, the newest first.
#[utoipa::path(
    get,
    path = "/shipments",
    operation_id = "list_own_shipments",
    params(BoardFilter),
    responses((status = 200, body = Page<BoardEntry>)),
)]
pub async fn list_shipments(
    State(app): State<App>,
    caller: MerchantCaller,
    paged: Paged<Cursor, BoardFilter>,
    not_before: NotBefore,
) -> Result<Json<Page<BoardEntry>>, Problem> {
    not_before.wait(&app.positions, &[Deliveries::NAME]).await?;
    let now = app.clock.now();
    let Paged { limit, after, filter } = paged;
    let board = board(&filter, now)?;
    let found = deliveries::of_merchant(&app.pool, caller.merchant, &board, after, limit).await?;
    Page::of(found, |view| entry(view, now)).map(Json)
}

fn board(filter: &BoardFilter, now: Timestamp) -> Result<Board, Problem> {
    let status = filter.status.map(serde_json::to_value).transpose().map_err(Problem::internal)?;
    Ok(Board {
        status: status.as_ref().and_then(serde_json::Value::as_str).map(str::to_owned),
        overdue_at: filter.overdue.filter(|overdue| *overdue).map(|_| now),
    })
}

fn entry(view: ShipmentView, now: Timestamp) -> BoardEntry {
    let is_waiting = view.dispatched_at.is_none() && view.cancelled_at.is_none();
    let overdue = is_waiting && view.dispatch_due < now;
    BoardEntry { shipment: view.into(), overdue }
}
