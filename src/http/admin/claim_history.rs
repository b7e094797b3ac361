//! `GET /admin/v1/claims/{claim}/history`: what happened to a claim.

use axum::extract::State;
use claim::Claim;
use eventstore::Seq;
use kernel::id::ClaimId;

use crate::app::App;
use crate::http::past::Viewer;
use crate::http::past::history::{History, PastCommit, history};
use crate::http::{Page, Paged, Path, Problem, SupportStaff};

/// What happened to a claim, in the order of the log.
#[utoipa::path(
    get,
    path = "/claims/{claim}/history",
    security(("access_token" = ["support"])),
    params(("claim" = Uuid, Path)),
    responses((status = 200, body = Page<PastCommit>)),
)]
pub async fn claim_history(
    State(app): State<App>,
    _: SupportStaff,
    Path(claim): Path<ClaimId>,
    paged: Paged<Seq>,
) -> Result<History, Problem> {
    history::<Claim>(&app, &claim, &paged, Viewer::Staff).await
}
