//! `GET /storefront/v1/claims`: a shopper's own claims.

use axum::extract::State;
use projections::claims::{Claims, query};
use projections::{Cursor, Projection};

use super::claim_view::ClaimSummary;
use crate::app::App;
use crate::http::page::NoFilter;
use crate::http::{Json, NotBefore, Page, Paged, Problem, Shopper};

/// List my claims, the newest first.
#[utoipa::path(
    get,
    path = "/claims",
    security(("access_token" = [])),
    responses((status = 200, body = Page<ClaimSummary>)),
)]
pub async fn list_own_claims(
    State(app): State<App>,
    shopper: Shopper,
    not_before: NotBefore,
    paged: Paged<Cursor, NoFilter>,
) -> Result<Json<Page<ClaimSummary>>, Problem> {
    not_before.wait(&app.positions, &[Claims::NAME]).await?;
    let found = query::of_member(&app.pool, shopper.member, paged.after, paged.limit).await?;
    Page::of(found, Into::into).map(Json)
}
