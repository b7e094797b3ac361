//! `GET /seller/v1/claims`: the claims on what one sold.

use axum::extract::State;
use projections::claims::{self, Claims};
use projections::{Cursor, Projection};
use serde::Deserialize;

use super::claim::OwnClaim;
use crate::app::App;
use crate::http::claim_phase::ClaimPhase;
use crate::http::{Json, MerchantCaller, NotBefore, Page, Paged, Problem};

/// Which claims.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OwnClaimFilter {
    /// Those that have come this far.
    #[param(inline)]
    phase: Option<ClaimPhase>,
}

/// The claims on what you sold, the newest first, each with your lines only.
#[utoipa::path(
    get,
    path = "/claims",
    operation_id = "list_claims_on_own_sales",
    params(OwnClaimFilter),
    responses((status = 200, body = Page<OwnClaim>)),
)]
pub async fn list_claims(
    State(app): State<App>,
    caller: MerchantCaller,
    paged: Paged<Cursor, OwnClaimFilter>,
    not_before: NotBefore,
) -> Result<Json<Page<OwnClaim>>, Problem> {
    not_before.wait(&app.positions, &[Claims::NAME]).await?;
    let (merchant, phase) = (caller.merchant, paged.filter.phase.map(ClaimPhase::name));
    let found = claims::of_merchant(&app.pool, merchant, phase, paged.after, paged.limit).await?;
    let page = Page::of(found, |view| OwnClaim::of(view, merchant))?;
    let items = page.items.into_iter().flatten().collect();
    Ok(Json(Page { items, next_cursor: page.next_cursor }))
}
