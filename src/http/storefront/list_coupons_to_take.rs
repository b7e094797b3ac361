//! `GET /storefront/v1/malls/{mall}/campaigns`: what a shopper may take a coupon of.

use axum::extract::State;
use kernel::MallId;
use projections::campaigns::{Campaigns, query};
use projections::{Cursor, Projection};

use crate::app::App;
use crate::http::campaign::coupon::CouponToTake;
use crate::http::page::NoFilter;
use crate::http::{Json, NotBefore, Page, Paged, Path, Problem, Shopper};

/// List the campaigns that I may take a coupon of now, the last launched first. The last coupon may be gone by then.
#[utoipa::path(
    get,
    path = "/malls/{mall}/campaigns",
    security(("access_token" = [])),
    params(("mall" = String, Path)),
    responses((status = 200, body = Page<CouponToTake>)),
)]
pub async fn list_coupons_to_take(
    State(app): State<App>,
    shopper: Shopper,
    Path(mall): Path<MallId>,
    not_before: NotBefore,
    paged: Paged<Cursor, NoFilter>,
) -> Result<Json<Page<CouponToTake>>, Problem> {
    let mall = &app.mall(&mall)?.mall;
    not_before.wait(&app.positions, &[Campaigns::NAME]).await?;
    let (whose, now) = ((mall, shopper.member), app.clock.now());
    let found = query::to_take(&app.pool, whose, now, paged.after, paged.limit).await?;
    Page::of(found, CouponToTake::from).map(Json)
}
