//! `POST /seller/v1/claims/{claim}/approval`: agreeing to a cancel.

use axum::extract::State;
use claim::Claim;
use kernel::id::ClaimId;

use super::Changed;
use crate::app::App;
use crate::http::{IfMatch, MerchantCaller, Path, Write, Written};
use crate::service::ownership::Own;

/// Agree to a cancel: the goods won't be sent and the money goes back.
#[utoipa::path(
    post,
    path = "/claims/{claim}/approval",
    operation_id = "approve_own_claim",
    params(
        ("claim" = Uuid, Path, description = "The claim."),
        ("If-Match" = Option<String>, Header, description = "The version that you saw."),
    ),
    responses(
        (status = 200, body = Written),
        (status = 409, description = "`wrong_kind`, `wrong_phase`"),
        (status = 412, description = "`version_mismatch`"),
    ),
)]
pub async fn approve_claim(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(claim): Path<ClaimId>,
    seen: IfMatch,
    write: Write<()>,
) -> Changed {
    let context = write.intent(caller.actor(), app.clock.now());
    let outcome = app.approve_own_claim(&context, Own::of(caller.merchant, claim).seen(seen.0)).await?;
    Ok(Written::reply::<Claim>(&claim, claim.0, &outcome))
}
