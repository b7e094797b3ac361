//! `GET /admin/v1/orders/{order}/history`: everything that happened to an order, its payment, shipments and claims.

use axum::extract::State;
use eventstore::Seq;
use kernel::id::OrderId;

use crate::app::App;
use crate::http::past::history::{History, PastCommit, history_of_order};
use crate::http::{Page, Paged, Path, Problem, SupportStaff};

/// What happened to an order, its payment, its shipments and its claims, in the order of the log.
#[utoipa::path(
    get,
    path = "/orders/{order}/history",
    security(("access_token" = ["support"])),
    params(("order" = Uuid, Path)),
    responses((status = 200, body = Page<PastCommit>))
)]
pub async fn order_history(
    State(app): State<App>,
    _: SupportStaff,
    Path(order): Path<OrderId>,
    paged: Paged<Seq>,
) -> Result<History, Problem> {
    history_of_order(&app, order, &paged).await
}
