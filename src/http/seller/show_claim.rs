//! `GET /seller/v1/claims/{claim}`: one claim.

use axum::extract::State;
use axum::response::Response;
use claim::Claim;
use kernel::id::ClaimId;
use projections::Projection;
use projections::checkpoint;
use projections::claims::{self, Claims};

use super::claim::OwnClaim;
use crate::app::App;
use crate::http::past::claim::ClaimAsItWas;
use crate::http::past::{Asked, AtQuery, NowOrThen, Viewer, look};
use crate::http::{MerchantCaller, NotBefore, Path, Problem};

/// One claim on what you sold, with your lines only; with `at`, as it was by its own history.
#[utoipa::path(
    get,
    path = "/claims/{claim}",
    operation_id = "show_claim_on_own_sale",
    params(("claim" = Uuid, Path, description = "The claim."), AtQuery),
    responses((status = 200, body = NowOrThen<OwnClaim, ClaimAsItWas>), (status = 304, description = "You have it already.")),
)]
pub async fn show_claim(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(claim): Path<ClaimId>,
    asked: Asked,
    not_before: NotBefore,
) -> Result<Response, Problem> {
    if let Some(at) = asked.at {
        return look::<Claim>(&app, &claim, at, Viewer::Merchant(caller.merchant)).await;
    }
    not_before.wait(&app.positions, &[Claims::NAME]).await?;
    let view = claims::claim(&app.pool, claim).await?.ok_or_else(Problem::not_found)?;
    let version = checkpoint::seq(view.position);
    let shown = OwnClaim::of(view, caller.merchant).ok_or_else(Problem::not_found)?;
    Ok(asked.known.reply(version, shown))
}
