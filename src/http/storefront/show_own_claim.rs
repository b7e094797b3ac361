//! `GET /storefront/v1/claims/{claim}`: a shopper's own claim.

use axum::extract::State;
use axum::response::Response;
use claim::Claim;
use eventstore::Seq;
use kernel::id::ClaimId;
use projections::Projection;
use projections::claims::{Claims, query};

use super::claim_view::ShopperClaim;
use crate::app::App;
use crate::http::past::claim::ClaimAsItWas;
use crate::http::past::{Asked, AtQuery, NowOrThen, Viewer, look};
use crate::http::{NotBefore, Path, Problem, Shopper};

/// Show my claim; with `at`, as it was by its own history.
#[utoipa::path(
    get,
    path = "/claims/{claim}",
    security(("access_token" = [])),
    params(("claim" = Uuid, Path), AtQuery),
    responses((status = 200, body = NowOrThen<ShopperClaim, ClaimAsItWas>), (status = 304, description = "Unchanged.")),
)]
pub async fn show_own_claim(
    State(app): State<App>,
    shopper: Shopper,
    Path(claim): Path<ClaimId>,
    asked: Asked,
    not_before: NotBefore,
) -> Result<Response, Problem> {
    if let Some(at) = asked.at {
        return look::<Claim>(&app, &claim, at, Viewer::Shopper(shopper.member)).await;
    }
    not_before.wait(&app.positions, &[Claims::NAME]).await?;
    let found = query::claim(&app.pool, claim).await?;
    let view = found.filter(|view| view.member == shopper.member.0).ok_or_else(Problem::not_found)?;
    let version = Seq(u64::try_from(view.position).unwrap_or_default());
    Ok(asked.known.reply(version, ShopperClaim::from(view)))
}
