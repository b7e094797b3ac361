//! `POST /seller/v1/claims/{claim}/rejection`: refusing a claim.

use axum::extract::State;
use claim::Claim;
use claim::value::Refusal;
use kernel::id::ClaimId;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Changed;
use crate::app::App;
use crate::http::{IfMatch, MerchantCaller, Path, Write, Written};
use crate::service::ownership::Own;

/// Why a claim is refused.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnClaimRejection {
    /// `already_dispatched`, `not_returnable`, `period_over`, `inspection_failed`, `not_sent_back`, `fee_unpaid` or
    /// `unfounded`; each has its time. `not_sent_back` and `fee_unpaid` need a hold for it that has run out, the former
    /// also goods that are not on their way.
    #[schema(value_type = String, example = "unfounded")]
    refusal: Refusal,
}

/// Refuse a claim. Goods already collected go back to the shopper.
#[utoipa::path(
    post,
    path = "/claims/{claim}/rejection",
    operation_id = "reject_own_claim",
    params(
        ("claim" = Uuid, Path, description = "The claim."),
        ("If-Match" = Option<String>, Header, description = "The version that you saw."),
    ),
    request_body = OwnClaimRejection,
    responses(
        (status = 200, body = Written),
        (status = 409, description = "`wrong_phase`"),
        (status = 412, description = "`version_mismatch`"),
    ),
)]
pub async fn reject_claim(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(claim): Path<ClaimId>,
    seen: IfMatch,
    write: Write<OwnClaimRejection>,
) -> Changed {
    let context = write.intent(caller.actor(), app.clock.now());
    let own = Own::of(caller.merchant, claim).seen(seen.0);
    let outcome = app.reject_own_claim(&context, own, write.body.refusal).await?;
    Ok(Written::reply::<Claim>(&claim, claim.0, &outcome))
}
