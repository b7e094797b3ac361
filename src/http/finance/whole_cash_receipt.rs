//! `GET /finance/v1/orders/{order}/cash-receipt`: the cash receipt of an order, with whose it is.

use axum::extract::State;
use kernel::id::OrderId;

use crate::app::App;
use crate::http::cash_receipt::CashReceipt;
use crate::http::{FinanceStaff, Json, Path, Problem};

/// The cash receipt of an order, with the whole number.
#[utoipa::path(
    get,
    path = "/orders/{order}/cash-receipt",
    security(("access_token" = ["finance"])),
    params(("order" = Uuid, Path)),
    responses((status = 200, body = CashReceipt), (status = 404, description = "`not_found`: also where none was given")),
)]
pub async fn whole_cash_receipt(
    State(app): State<App>,
    _: FinanceStaff,
    Path(order): Path<OrderId>,
) -> Result<Json<CashReceipt>, Problem> {
    Ok(Json(app.cash_receipt(order, None).await?.into()))
}
