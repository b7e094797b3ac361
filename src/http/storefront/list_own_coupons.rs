//! `GET /storefront/v1/malls/{mall}/coupons`: a shopper's own coupons (쿠폰함).

use axum::extract::State;
use kernel::MallId;
use projections::campaigns::{Campaigns, query};
use projections::{Cursor, Projection};

use crate::app::App;
use crate::http::campaign::coupon::{CouponFilter, OwnCoupon};
use crate::http::{Json, NotBefore, Page, Paged, Path, Problem, Shopper};

/// List my coupons of a mall with what they are good for, the last taken first.
#[utoipa::path(
    get,
    path = "/malls/{mall}/coupons",
    security(("access_token" = [])),
    params(("mall" = String, Path), CouponFilter),
    responses((status = 200, body = Page<OwnCoupon>)),
)]
pub async fn list_own_coupons(
    State(app): State<App>,
    shopper: Shopper,
    Path(mall): Path<MallId>,
    not_before: NotBefore,
    paged: Paged<Cursor, CouponFilter>,
) -> Result<Json<Page<OwnCoupon>>, Problem> {
    let mall = &app.mall(&mall)?.mall;
    not_before.wait(&app.positions, &[Campaigns::NAME]).await?;
    let wanted = (paged.filter.state.map(Into::into), app.clock.now());
    let found = query::of_member(&app.pool, (mall, shopper.member), wanted, paged.after, paged.limit).await?;
    Page::of(found, OwnCoupon::from).map(Json)
}
