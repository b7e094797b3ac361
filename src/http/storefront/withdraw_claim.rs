//! `POST /storefront/v1/claims/{claim}/withdrawal`: taking a claim back.

use axum::extract::State;
use claim::Claim;
use kernel::id::ClaimId;

use crate::app::App;
use crate::http::{IfMatch, Json, Path, Position, Problem, Shopper, Version, Write, Written};
use crate::service::purchases::Own;

/// Withdraw my claim, as long as its goods are with me.
#[utoipa::path(
    post,
    path = "/claims/{claim}/withdrawal",
    security(("access_token" = [])),
    params(
        ("claim" = Uuid, Path),
        ("If-Match" = Option<String>, Header, description = "The version that you saw."),
    ),
    responses(
        (status = 200, body = Written),
        (status = 409, description = "`wrong_phase`"),
        (status = 412, description = "`version_mismatch`"),
    ),
)]
pub async fn withdraw_claim(
    State(app): State<App>,
    shopper: Shopper,
    Path(claim): Path<ClaimId>,
    IfMatch(seen): IfMatch,
    write: Write<()>,
) -> Result<(Position, Version, Json<Written>), Problem> {
    let context = write.intent(shopper.actor(), app.clock.now());
    let own = Own { member: shopper.member, id: claim, seen };
    let outcome = app.withdraw_own_claim(&context, own).await?;
    Ok(Written::reply::<Claim>(&claim, claim.0, &outcome))
}
