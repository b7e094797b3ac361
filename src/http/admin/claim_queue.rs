//! `GET /admin/v1/claims`: claims that are not over.

use axum::extract::State;
use projections::claims::{self, Claims};
use projections::{Cursor, Projection};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::managed_claim::ManagedClaim;
use crate::app::App;
use crate::http::{Json, NotBefore, Page, Paged, Problem, SupportStaff};

/// Which claims.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// How far they have come; all that are not over, where nothing is said.
    #[param(inline)]
    phase: Option<ClaimPhase>,
}

/// How far a claim has come.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClaimPhase {
    /// It waits for the merchant's word.
    Requested,
    /// A cancel whose goods won't be sent.
    Approved,
    /// A return whose goods may come.
    Accepted,
    /// Its goods are to be picked up.
    PickupRequested,
    /// The merchant has its goods.
    Collected,
    /// Its goods were looked at, and are as they should be.
    InspectedPass,
    /// Its goods were looked at, and are not as they should be.
    InspectedFail,
    /// The money is on its way.
    Refunding,
    /// The money is back.
    Completed,
    /// It was refused.
    Rejected,
    /// It was taken back.
    Withdrawn,
}

impl ClaimPhase {
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
