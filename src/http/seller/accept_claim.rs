//! `POST /seller/v1/claims/{claim}/acceptance`: agreeing to a return.

use axum::extract::State;
use claim::Claim;
use kernel::id::ClaimId;

use super::Changed;
use crate::app::App;
use crate::http::{IfMatch, MerchantCaller, Path, Write, Written};
use crate::service::ownership::Own;

/// Agree to a return: the goods are fetched.
#[utoipa::path(
    post,
    path = "/claims/{claim}/acceptance",
    operation_id = "accept_own_claim",
    params(
        ("claim" = Uuid, Path, description = "The claim."),
        ("If-Match" = Option<String>, Header, description = "The version that you saw."),
    ),
    responses(
        (status = 200, body = Written),
        (status = 409, description = "`wrong_kind`, `wrong_phase`, `on_hold`"),
        (status = 412, description = "`version_mismatch`"),
    ),
)]
pub async fn accept_claim(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(claim): Path<ClaimId>,
    seen: IfMatch,
    write: Write<()>,
) -> Changed {
    let context = write.intent(caller.actor(), app.clock.now());
    let outcome = app.accept_own_claim(&context, Own::of(caller.merchant, claim).seen(seen.0)).await?;
    Ok(Written::reply::<Claim>(&claim, claim.0, &outcome))
}
