//! `GET /seller/v1/stock/{sku}`: the stock of one variant, now or as it was.

use axum::extract::State;
use axum::response::Response;
use kernel::id::SkuId;
use product::Stock;

use crate::app::App;
use crate::http::past::stock::StockAsItWas;
use crate::http::past::{AsItWas, At, AtQuery, Viewer, look_at};
use crate::http::{MerchantCaller, Path, Problem};

/// The stock of one of your variants, now or as it was.
#[utoipa::path(
    get,
    path = "/stock/{sku}",
    operation_id = "show_own_stock",
    params(("sku" = Uuid, Path, description = "The variant."), AtQuery),
    responses((status = 200, body = AsItWas<StockAsItWas>)),
)]
pub async fn show_stock(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(sku): Path<SkuId>,
    at: At,
) -> Result<Response, Problem> {
    look_at::<Stock>(&app, &sku, at, Viewer::Merchant(caller.merchant)).await
}
