//! `POST /admin/v1/claims/{claim}/pickups`: a return's goods are fetched once more.

use axum::extract::State;
use axum::http::StatusCode;
use claim::Claim;
use kernel::id::ClaimId;

use super::Changed;
use crate::app::App;
use crate::http::{Path, Problem, SupportStaff, Write, Written};

/// Have a return's goods fetched once more, where the last pick-up was lost, failed or came back to its sender.
#[utoipa::path(
    post,
    path = "/claims/{claim}/pickups",
    params(("claim" = Uuid, Path)),
    responses(
        (status = 202, body = Written),
        (status = 409, description = "`pickup_under_way`, `wrong_phase`, `on_hold`, `too_many_pickups`, …")
    ),
)]
pub async fn request_pickup(
    State(app): State<App>,
    SupportStaff(caller): SupportStaff,
    Path(claim): Path<ClaimId>,
    write: Write<()>,
) -> Result<(StatusCode, Changed), Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let outcome = app.request_another_pickup(&context, claim).await?;
    Ok((StatusCode::ACCEPTED, Written::reply::<Claim>(&claim, claim.0, &outcome)))
}
