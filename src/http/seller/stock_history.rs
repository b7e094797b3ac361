//! `GET /seller/v1/stock/{sku}/history`: what happened to a stock.

use axum::extract::State;
use eventstore::Seq;
use kernel::id::SkuId;
use product::Stock;

use crate::app::App;
use crate::http::past::Viewer;
use crate::http::past::history::{History, PastCommit, history};
use crate::http::{MerchantCaller, Page, Paged, Path, Problem};

/// What happened to the stock of one of your variants, in the order of the log.
#[utoipa::path(
    get,
    path = "/stock/{sku}/history",
    operation_id = "own_stock_history",
    params(("sku" = Uuid, Path)),
    responses((status = 200, body = Page<PastCommit>)),
)]
pub async fn stock_history(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(sku): Path<SkuId>,
    paged: Paged<Seq>,
) -> Result<History, Problem> {
    history::<Stock>(&app, &sku, &paged, Viewer::Merchant(caller.merchant)).await
}
