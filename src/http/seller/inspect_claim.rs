//! `POST /seller/v1/claims/{claim}/inspection`: what came back (검수).

use axum::extract::State;
use claim::Claim;
use claim::value::{InspectedLine, Inspection, InspectionFailure};
use kernel::id::ClaimId;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Changed;
use crate::app::App;
use crate::http::{IfMatch, MerchantCaller, Path, Write, Written};
use crate::service::ownership::Own;

/// What an inspection found, for the claim as a whole.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "result", rename_all = "snake_case", deny_unknown_fields)]
pub enum InspectionFound {
    /// The goods are what was claimed: the money goes back.
    Pass {
        /// Every claimed line, by condition.
        lines: Vec<LineInspected>,
    },
    /// The goods can't be taken back.
    Fail {
        /// `used`, `wrong_item`, `incomplete` or `damaged_by_buyer`.
        #[schema(value_type = String, example = "used")]
        reason: InspectionFailure,
    },
}

/// What was found of one line: the two add up to the pieces claimed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LineInspected {
    /// The order line.
    line: u16,
    /// Pieces that can be sold again.
    resellable: u32,
    /// Pieces that can't.
    damaged: u32,
}

impl From<InspectionFound> for Inspection {
    fn from(found: InspectionFound) -> Self {
        match found {
            InspectionFound::Pass { lines } => {
                Self::Pass { lines: lines.into_iter().map(InspectedLine::from).collect() }
            }
            InspectionFound::Fail { reason } => Self::Fail { reason },
        }
    }
}

impl From<LineInspected> for InspectedLine {
    fn from(found: LineInspected) -> Self {
        let LineInspected { line, resellable, damaged } = found;
        Self { line, resellable, damaged }
    }
}

/// Tell what came back.
#[utoipa::path(
    post,
    path = "/claims/{claim}/inspection",
    params(
        ("claim" = Uuid, Path, description = "The claim."),
        ("If-Match" = Option<String>, Header, description = "The version that you saw."),
    ),
    request_body = InspectionFound,
    responses(
        (status = 200, body = Written),
        (status = 409, description = "`wrong_phase`, `on_hold`, `already_inspected`"),
        (status = 422, description = "`inspection_differs`"),
        (status = 412, description = "`version_mismatch`"),
    ),
)]
pub async fn inspect_claim(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(claim): Path<ClaimId>,
    seen: IfMatch,
    write: Write<InspectionFound>,
) -> Changed {
    let context = write.intent(caller.actor(), app.clock.now());
    let own = Own::of(caller.merchant, claim).seen(seen.0);
    let outcome = app.inspect_own_claim(&context, own, write.body.into()).await?;
    Ok(Written::reply::<Claim>(&claim, claim.0, &outcome))
}
