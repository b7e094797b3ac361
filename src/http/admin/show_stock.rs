//! `GET /admin/v1/stock/{sku}`: the stock of one variant, now or as it was.

use axum::extract::State;
use axum::response::Response;
use kernel::id::SkuId;
use product::Stock;

use crate::app::App;
use crate::http::past::stock::StockAsItWas;
use crate::http::past::{AsItWas, At, AtQuery, Viewer, look_at};
use crate::http::{Path, Problem, SupportStaff};

/// The stock of a variant, now or as it was.
#[utoipa::path(
    get,
    path = "/stock/{sku}",
    security(("access_token" = ["support"])),
    params(("sku" = Uuid, Path), AtQuery),
    responses((status = 200, body = AsItWas<StockAsItWas>))
)]
pub async fn show_stock(
    State(app): State<App>,
    _: SupportStaff,
    Path(sku): Path<SkuId>,
    at: At,
) -> Result<Response, Problem> {
    look_at::<Stock>(&app, &sku, at, Viewer::Staff).await
}
