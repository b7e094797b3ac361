//! `GET /seller/v1/campaigns`: one's own campaigns.

use axum::extract::State;
use kernel::MallId;
use projections::campaigns::{Campaigns, Search, query};
use projections::{Cursor, Projection};
use serde::Deserialize;

use crate::app::App;
use crate::http::campaign::shown::{CampaignStanding, ShownCampaign};
use crate::http::{Json, MerchantCaller, NotBefore, Page, Paged, Problem};

/// Which campaigns.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OwnCampaignFilter {
    /// Of this mall.
    #[param(value_type = Option<String>)]
    mall: Option<MallId>,
    /// Those that stand here now.
    #[param(inline)]
    state: Option<CampaignStanding>,
}

/// Your campaigns, the last launched first.
#[utoipa::path(
    get,
    path = "/campaigns",
    operation_id = "list_own_campaigns",
    params(OwnCampaignFilter),
    responses((status = 200, body = Page<ShownCampaign>)),
)]
pub async fn list_campaigns(
    State(app): State<App>,
    caller: MerchantCaller,
    paged: Paged<Cursor, OwnCampaignFilter>,
    not_before: NotBefore,
) -> Result<Json<Page<ShownCampaign>>, Problem> {
    not_before.wait(&app.positions, &[Campaigns::NAME]).await?;
    let Paged { limit, after, filter: OwnCampaignFilter { mall, state } } = paged;
    let merchant = Some(caller.merchant);
    let wanted = Search { mall, merchant, state: state.map(Into::into), ..Search::default() };
    let found = query::search(&app.pool, &wanted, app.clock.now(), after, limit).await?;
    Page::of(found, ShownCampaign::from).map(Json)
}
