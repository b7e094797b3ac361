//! `GET /admin/v1/claims/{claim}`: one claim, now or as it was.

use axum::extract::State;
use axum::response::Response;
use claim::Claim;
use kernel::id::ClaimId;
use projections::claims::{Claims, query};
use projections::{Projection, checkpoint};

use super::managed_claim::ManagedClaim;
use crate::app::App;
use crate::http::past::claim::ClaimAsItWas;
use crate::http::past::{Asked, AtQuery, NowOrThen, Viewer, look};
use crate::http::{NotBefore, Path, Problem, SupportStaff};

/// One claim; with `at`, as it was by its own history.
#[utoipa::path(
    get,
    path = "/claims/{claim}",
    security(("access_token" = ["support"])),
    params(("claim" = Uuid, Path), AtQuery),
    responses((status = 200, body = NowOrThen<ManagedClaim, ClaimAsItWas>))
)]
pub async fn show_claim(
    State(app): State<App>,
    _: SupportStaff,
    Path(claim): Path<ClaimId>,
    asked: Asked,
    at_least: NotBefore,
) -> Result<Response, Problem> {
    if let Some(at) = asked.at {
        return look::<Claim>(&app, &claim, at, Viewer::Staff).await;
    }
    at_least.wait(&app.positions, &[Claims::NAME]).await?;
    let view = query::claim(&app.pool, claim).await?.ok_or_else(Problem::not_found)?;
    Ok(asked.known.reply(checkpoint::seq(view.position), ManagedClaim::from(view)))
}
