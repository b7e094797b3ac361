//! `GET /admin/v1/claims`: claims that are not over.

use axum::extract::State;
use projections::claims::{self, Claims};
use projections::{Cursor, Projection};
use serde::Deserialize;

use super::managed_claim::ManagedClaim;
use crate::app::App;
use crate::http::claim_phase::ClaimPhase;
use crate::http::{Json, NotBefore, Page, Paged, Problem, SupportStaff};

/// Which claims.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// How far they have come; all that are not over, where nothing is said.
    #[param(inline)]
    phase: Option<ClaimPhase>,
}

/// Claims, the oldest first.
#[utoipa::path(get, path = "/claims",
    security(("access_token" = ["support"])), params(Filter), responses((status = 200, body = Page<ManagedClaim>)))]
pub async fn claim_queue(
    State(app): State<App>,
    _: SupportStaff,
    at_least: NotBefore,
    asked: Paged<Cursor, Filter>,
) -> Result<Json<Page<ManagedClaim>>, Problem> {
    at_least.wait(&app.positions, &[Claims::NAME]).await?;
    let phase = asked.filter.phase.map(ClaimPhase::name);
    let page = claims::queue(&app.pool, phase, asked.after, asked.limit).await?;
    Page::of(page, ManagedClaim::from).map(Json)
}
