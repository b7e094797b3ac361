//! `GET /seller/v1/claims/{claim}`: one claim.

use axum::extract::State;
use axum::response::Response;
use kernel::id::ClaimId;
use projections::Projection;
use projections::checkpoint;
use projections::claims::{self, Claims};

use super::claim::OwnClaim;
use crate::app::App;
use crate::http::{IfNoneMatch, MerchantCaller, NotBefore, Path, Problem};

/// One claim on what you sold, with your lines only.
#[utoipa::path(
    get,
    path = "/claims/{claim}",
    operation_id = "show_claim_on_own_sale",
    params(("claim" = Uuid, Path, description = "The claim.")),
    responses((status = 200, body = OwnClaim), (status = 304, description = "You have it already.")),
)]
pub async fn show_claim(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(claim): Path<ClaimId>,
    not_before: NotBefore,
    seen: IfNoneMatch,
) -> Result<Response, Problem> {
    not_before.wait(&app.positions, &[Claims::NAME]).await?;
    let view = claims::claim(&app.pool, claim).await?.ok_or_else(Problem::not_found)?;
    let version = checkpoint::seq(view.position);
    let shown = OwnClaim::of(view, caller.merchant).ok_or_else(Problem::not_found)?;
    Ok(seen.reply(version, shown))
}
