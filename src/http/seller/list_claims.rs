//! `GET /seller/v1/claims`: the claims on what one sold.

use axum::extract::State;
use projections::claims::{self, Claims};
use projections::{Cursor, Projection};
use serde::Deserialize;
use utoipa::ToSchema;

use super::claim::OwnClaim;
use crate::app::App;
use crate::http::{Json, MerchantCaller, NotBefore, Page, Paged, Problem};

/// Which claims.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OwnClaimFilter {
    /// Those that have come this far.
    #[param(inline)]
    phase: Option<OwnClaimPhase>,
}

/// How far a claim has come.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are the claim's phases")]
pub enum OwnClaimPhase {
    Requested,
    Approved,
    Accepted,
    PickupRequested,
    Collected,
    InspectedPass,
    InspectedFail,
    Refunding,
    Completed,
    Rejected,
    Withdrawn,
}

impl OwnClaimPhase {
    const fn name(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Approved => "approved",
            Self::Accepted => "accepted",
            Self::PickupRequested => "pickup_requested",
            Self::Collected => "collected",
            Self::InspectedPass => "inspected_pass",
            Self::InspectedFail => "inspected_fail",
            Self::Refunding => "refunding",
            Self::Completed => "completed",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
        }
    }
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
    let (merchant, phase) = (caller.merchant, paged.filter.phase.map(OwnClaimPhase::name));
    let found = claims::of_merchant(&app.pool, merchant, phase, paged.after, paged.limit).await?;
    let page = Page::of(found, |view| OwnClaim::of(view, merchant))?;
    let items = page.items.into_iter().flatten().collect();
    Ok(Json(Page { items, next_cursor: page.next_cursor }))
}
