//! `GET /storefront/v1/claims/{claim}/history`: what happened to a shopper's own claim.

use axum::extract::State;
use claim::Claim;
use eventstore::Seq;
use kernel::id::ClaimId;

use crate::app::App;
use crate::http::past::Viewer;
use crate::http::past::history::{History, PastCommit, history};
use crate::http::{Page, Paged, Path, Problem, Shopper};

/// What happened to my claim, in the order of the log.
#[utoipa::path(
    get,
    path = "/claims/{claim}/history",
    security(("access_token" = [])),
    params(("claim" = Uuid, Path)),
    responses((status = 200, body = Page<PastCommit>)),
)]
pub async fn own_claim_history(
    State(app): State<App>,
    shopper: Shopper,
    Path(claim): Path<ClaimId>,
    paged: Paged<Seq>,
) -> Result<History, Problem> {
    history::<Claim>(&app, &claim, &paged, Viewer::Shopper(shopper.member)).await
}
