//! `POST /admin/v1/claims/{claim}/rejection`: an operator says no to a claim.

use axum::extract::State;
use claim::command::Reject;
use claim::value::{Party, Refusal};
use claim::{Claim, Command};
use kernel::id::ClaimId;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Changed;
use crate::app::App;
use crate::http::{IfMatch, Path, Problem, SupportStaff, Write, Written};

/// Why a claim is refused.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefuseClaim {
    /// `already_dispatched`, `not_returnable`, `period_over`, `inspection_failed`, `not_sent_back`, `fee_unpaid` or
    /// `unfounded`. `not_sent_back` and `fee_unpaid` need a hold for it that has run out, the former also goods
    /// that are not on their way.
    #[schema(value_type = String, example = "unfounded")]
    refusal: Refusal,
}

/// Refuse a claim; goods already collected go back to the shopper.
#[utoipa::path(
    post,
    path = "/claims/{claim}/rejection",
    security(("access_token" = ["support"])),
    params(("claim" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    request_body = RefuseClaim,
    responses((status = 200, body = Written)),
)]
pub async fn reject_claim(
    State(app): State<App>,
    SupportStaff(caller): SupportStaff,
    Path(claim): Path<ClaimId>,
    seen: IfMatch,
    write: Write<RefuseClaim>,
) -> Result<Changed, Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let reject = Reject { refusal: write.body.refusal, by: Party::Operator, at: context.at };
    let outcome = app.change::<Claim>(&context, &claim, seen.0, [Command::Reject(reject)]).await?;
    Ok(Written::reply::<Claim>(&claim, claim.0, &outcome))
}
