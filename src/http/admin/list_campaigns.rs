//! `GET /admin/v1/campaigns`: campaigns, the platform's and merchants'.

use axum::extract::State;
use kernel::MallId;
use kernel::id::MerchantId;
use projections::campaigns::{Campaigns, Search, query};
use projections::{Cursor, Projection};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::App;
use crate::http::campaign::shown::{CampaignStanding, ShownCampaign};
use crate::http::{CatalogStaff, Json, NotBefore, Page, Paged, Problem};

/// Which campaigns: every condition that is said must hold.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Of this mall.
    #[param(value_type = Option<String>)]
    mall: Option<MallId>,
    /// Whose.
    #[param(inline)]
    owner: Option<CampaignOwner>,
    /// Of this merchant.
    #[param(value_type = Option<Uuid>)]
    merchant: Option<MerchantId>,
    /// Those that stand here now.
    #[param(inline)]
    state: Option<CampaignStanding>,
}

/// Whose a campaign is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CampaignOwner {
    /// The platform's.
    Platform,
    /// A merchant's own.
    Merchant,
}

impl From<Filter> for Search {
    fn from(filter: Filter) -> Self {
        let Filter { mall, owner, merchant, state } = filter;
        let of_platform = owner.map(|owner| owner == CampaignOwner::Platform);
        Self { mall, merchant, of_platform, state: state.map(Into::into) }
    }
}

/// Campaigns, the last launched first.
#[utoipa::path(get, path = "/campaigns",
    security(("access_token" = ["catalog"])), params(Filter), responses((status = 200, body = Page<ShownCampaign>)))]
pub async fn list_campaigns(
    State(app): State<App>,
    _: CatalogStaff,
    at_least: NotBefore,
    asked: Paged<Cursor, Filter>,
) -> Result<Json<Page<ShownCampaign>>, Problem> {
    at_least.wait(&app.positions, &[Campaigns::NAME]).await?;
    let (now, wanted) = (app.clock.now(), asked.filter.into());
    let page = query::search(&app.pool, &wanted, now, asked.after, asked.limit).await?;
    Page::of(page, ShownCampaign::from).map(Json)
}
