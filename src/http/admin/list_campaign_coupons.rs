//! `GET /admin/v1/campaigns/{campaign}/coupons`: a campaign's coupons.

use axum::extract::State;
use kernel::id::CampaignId;
use projections::campaigns::{Campaigns, query};
use projections::{Cursor, Projection};

use crate::app::App;
use crate::http::campaign::coupon::{CouponFilter, HandedOut};
use crate::http::{CatalogStaff, Json, NotBefore, Page, Paged, Path, Problem};

/// A campaign's coupons, the last handed out first.
#[utoipa::path(get, path = "/campaigns/{campaign}/coupons",
    security(("access_token" = ["catalog"])), params(("campaign" = Uuid, Path), CouponFilter),
    responses((status = 200, body = Page<HandedOut>)))]
pub async fn list_campaign_coupons(
    State(app): State<App>,
    _: CatalogStaff,
    Path(campaign): Path<CampaignId>,
    at_least: NotBefore,
    asked: Paged<Cursor, CouponFilter>,
) -> Result<Json<Page<HandedOut>>, Problem> {
    at_least.wait(&app.positions, &[Campaigns::NAME]).await?;
    let now = app.clock.now();
    query::campaign(&app.pool, campaign, now).await?.ok_or_else(Problem::not_found)?;
    let wanted = (asked.filter.state.map(Into::into), now);
    let page = query::of_campaign(&app.pool, campaign, wanted, asked.after, asked.limit).await?;
    Page::of(page, HandedOut::from).map(Json)
}
