//! `GET /admin/v1/orders/{order}/cash-receipt`: the cash receipt of an order, whose it is but hinted at.

use axum::extract::State;
use kernel::id::OrderId;

use crate::app::App;
use crate::http::cash_receipt::CashReceipt;
use crate::http::{Json, Path, Problem, SupportStaff};

/// The cash receipt of an order.
#[utoipa::path(
    get,
    path = "/orders/{order}/cash-receipt",
    security(("access_token" = ["support"])),
    params(("order" = Uuid, Path)),
    responses((status = 200, body = CashReceipt), (status = 404, description = "`not_found`: also where none was given")),
)]
pub async fn show_cash_receipt(
    State(app): State<App>,
    _: SupportStaff,
    Path(order): Path<OrderId>,
) -> Result<Json<CashReceipt>, Problem> {
    Ok(Json(app.cash_receipt(order, None).await?.masked().into()))
}
