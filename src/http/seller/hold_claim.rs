//! `POST /seller/v1/claims/{claim}/hold`: letting a return wait (보류).

use axum::extract::State;
use chrono::{DateTime, Utc};
use claim::Claim;
use claim::value::HoldReason;
use kernel::id::ClaimId;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Changed;
use crate::app::App;
use crate::http::{IfMatch, MerchantCaller, Path, Write, Written};
use crate::service::ownership::Own;

/// Why a return waits.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReturnHold {
    /// `return_fee_unpaid`, `not_sent_back`, `wrong_item`, `used_item`, `merchant_unclear` or `disputed`; it says who
    /// must act. `return_fee_unpaid` needs a fee that the refund doesn't cover.
    #[schema(value_type = String, example = "return_fee_unpaid")]
    reason: HoldReason,
    /// By when they must; a shopper has at least a day.
    #[serde(deserialize_with = "crate::http::instant::given")]
    due: DateTime<Utc>,
}

/// Let a return wait for somebody.
#[utoipa::path(
    post,
    path = "/claims/{claim}/hold",
    params(
        ("claim" = Uuid, Path, description = "The claim."),
        ("If-Match" = Option<String>, Header, description = "The version that you saw."),
    ),
    request_body = ReturnHold,
    responses(
        (status = 200, body = Written),
        (status = 409, description = "`wrong_kind`, `wrong_phase`, `on_hold`"),
        (status = 422, description = "`hold_already_over`"),
        (status = 412, description = "`version_mismatch`"),
    ),
)]
pub async fn hold_claim(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(claim): Path<ClaimId>,
    seen: IfMatch,
    write: Write<ReturnHold>,
) -> Changed {
    let context = write.intent(caller.actor(), app.clock.now());
    let own = Own::of(caller.merchant, claim).seen(seen.0);
    let ReturnHold { reason, due } = write.body;
    let outcome = app.hold_own_claim(&context, own, reason, due).await?;
    Ok(Written::reply::<Claim>(&claim, claim.0, &outcome))
}
