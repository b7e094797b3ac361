//! `GET /storefront/v1/orders/{order}/cash-receipt`: the cash receipt of a shopper's own order.

use axum::extract::State;
use kernel::id::OrderId;

use crate::app::App;
use crate::http::cash_receipt::CashReceipt;
use crate::http::{Json, Path, Problem, Shopper};

/// The cash receipt of an own order.
#[utoipa::path(
    get,
    path = "/orders/{order}/cash-receipt",
    security(("access_token" = [])),
    params(("order" = Uuid, Path)),
    responses((status = 200, body = CashReceipt), (status = 404, description = "`not_found`: also where none was given")),
)]
pub async fn own_cash_receipt(
    State(app): State<App>,
    shopper: Shopper,
    Path(order): Path<OrderId>,
) -> Result<Json<CashReceipt>, Problem> {
    Ok(Json(app.cash_receipt(order, Some(shopper.member)).await?.masked().into()))
}
