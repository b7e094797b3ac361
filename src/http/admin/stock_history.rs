//! `GET /admin/v1/stock/{sku}/history`: what happened to a stock.

use axum::extract::State;
use eventstore::Seq;
use kernel::id::SkuId;
use product::Stock;

use crate::app::App;
use crate::http::past::Viewer;
use crate::http::past::history::{History, PastCommit, history};
use crate::http::{Page, Paged, Path, Problem, SupportStaff};

/// What happened to the stock of a variant, in the order of the log.
#[utoipa::path(
    get,
    path = "/stock/{sku}/history",
    security(("access_token" = ["support"])),
    params(("sku" = Uuid, Path)),
    responses((status = 200, body = Page<PastCommit>)),
)]
pub async fn stock_history(
    State(app): State<App>,
    _: SupportStaff,
    Path(sku): Path<SkuId>,
    paged: Paged<Seq>,
) -> Result<History, Problem> {
    history::<Stock>(&app, &sku, &paged, Viewer::Staff).await
}
