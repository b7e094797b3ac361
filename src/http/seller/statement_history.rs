//! `GET /seller/v1/statements/{statement}/history`: what happened to a statement.

use axum::extract::State;
use eventstore::Seq;
use kernel::id::StatementId;
use settlement::Statement;

use crate::app::App;
use crate::http::past::Viewer;
use crate::http::past::history::{History, PastCommit, history};
use crate::http::{MerchantCaller, Page, Paged, Path, Problem};

/// What happened to one of your statements, in the order of the log.
#[utoipa::path(
    get,
    path = "/statements/{statement}/history",
    operation_id = "own_statement_history",
    params(("statement" = Uuid, Path)),
    responses((status = 200, body = Page<PastCommit>)),
)]
pub async fn statement_history(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(statement): Path<StatementId>,
    paged: Paged<Seq>,
) -> Result<History, Problem> {
    history::<Statement>(&app, &statement, &paged, Viewer::Merchant(caller.merchant)).await
}
