//! `POST /admin/v1/claims/{claim}/refund`: a claim whose refund failed is paid back once more.

use axum::extract::State;
use axum::http::StatusCode;
use claim::Claim;
use kernel::id::ClaimId;

use super::Changed;
use crate::app::App;
use crate::http::{IfMatch, Path, Problem, RefundStaff, Write, Written};

/// Have a claim paid back once more whose last refund failed. The gateway's answer follows; see the claim.
#[utoipa::path(
    post,
    path = "/claims/{claim}/refund",
    security(("access_token" = ["support"]), ("access_token" = ["finance"])),
    params(("claim" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    responses(
        (status = 202, body = Written),
        (status = 409, description = "`nothing_failed`, `too_many_failed_refunds`, `on_hold`, …")
    ),
)]
pub async fn refund_claim(
    State(app): State<App>,
    RefundStaff(caller): RefundStaff,
    Path(claim): Path<ClaimId>,
    seen: IfMatch,
    write: Write<()>,
) -> Result<(StatusCode, Changed), Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let outcome = app.refund_claim_again(&context, claim, seen.0).await?;
    Ok((StatusCode::ACCEPTED, Written::reply::<Claim>(&claim, claim.0, &outcome)))
}
