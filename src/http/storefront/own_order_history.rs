//! `GET /storefront/v1/orders/{order}/history`: what happened to a shopper's own order.

use axum::extract::State;
use eventstore::Seq;
use kernel::id::OrderId;
use order::Order;

use crate::app::App;
use crate::http::past::Viewer;
use crate::http::past::history::{History, PastCommit, history};
use crate::http::{Page, Paged, Path, Problem, Shopper};

/// What happened to my order, in the order of the log.
#[utoipa::path(
    get,
    path = "/orders/{order}/history",
    security(("access_token" = [])),
    params(("order" = Uuid, Path)),
    responses((status = 200, body = Page<PastCommit>)),
)]
pub async fn own_order_history(
    State(app): State<App>,
    shopper: Shopper,
    Path(order): Path<OrderId>,
    paged: Paged<Seq>,
) -> Result<History, Problem> {
    history::<Order>(&app, &order, &paged, Viewer::Shopper(shopper.member)).await
}
