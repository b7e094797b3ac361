//! `POST /admin/v1/claims/{claim}/approval`: an operator says yes to a claim.

use axum::extract::State;
use axum::http::StatusCode;
use claim::Claim;
use kernel::id::ClaimId;

use super::Changed;
use crate::app::App;
use crate::http::{IfMatch, Path, Problem, SupportStaff, Write, Written};

/// Say yes to a claim in the merchant's place: approve a cancel, accept a return. What follows happens by itself.
#[utoipa::path(
    post,
    path = "/claims/{claim}/approval",
    security(("access_token" = ["support"])),
    params(("claim" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 202, body = Written)),
)]
pub async fn grant_claim(
    State(app): State<App>,
    SupportStaff(caller): SupportStaff,
    Path(claim): Path<ClaimId>,
    seen: IfMatch,
    write: Write<()>,
) -> Result<(StatusCode, Changed), Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let outcome = app.grant_claim(&context, claim, seen.0).await?;
    Ok((StatusCode::ACCEPTED, Written::reply::<Claim>(&claim, claim.0, &outcome)))
}
