//! `GET /seller/v1/claims/{claim}/history`: what happened to a claim.

use axum::extract::State;
use claim::Claim;
use eventstore::Seq;
use kernel::id::ClaimId;

use crate::app::App;
use crate::http::past::Viewer;
use crate::http::past::history::{History, PastCommit, history};
use crate::http::{MerchantCaller, Page, Paged, Path, Problem};

/// What happened to a claim on what you sold, in the order of the log.
#[utoipa::path(
    get,
    path = "/claims/{claim}/history",
    operation_id = "claim_on_own_sale_history",
    params(("claim" = Uuid, Path)),
    responses((status = 200, body = Page<PastCommit>)),
)]
pub async fn claim_history(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(claim): Path<ClaimId>,
    paged: Paged<Seq>,
) -> Result<History, Problem> {
    history::<Claim>(&app, &claim, &paged, Viewer::Merchant(caller.merchant)).await
}
