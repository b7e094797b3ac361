//! `GET /seller/v1/orders/{order}/history`: what happened to an order.

use axum::extract::State;
use eventstore::Seq;
use kernel::id::OrderId;
use order::Order;

use crate::app::App;
use crate::http::past::Viewer;
use crate::http::past::history::{History, PastCommit, history};
use crate::http::{MerchantCaller, Page, Paged, Path, Problem};

/// What happened to an order that buys from you, in the order of the log.
#[utoipa::path(
    get,
    path = "/orders/{order}/history",
    operation_id = "own_sale_history",
    params(("order" = Uuid, Path)),
    responses((status = 200, body = Page<PastCommit>)),
)]
pub async fn order_history(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(order): Path<OrderId>,
    paged: Paged<Seq>,
) -> Result<History, Problem> {
    history::<Order>(&app, &order, &paged, Viewer::Merchant(caller.merchant)).await
}
