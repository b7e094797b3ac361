//! `GET /storefront/v1/orders`: a shopper's own orders.

use axum::extract::State;
use projections::orders::{Orders, query};
use projections::{Cursor, Projection};

use super::order_view::ShopperOrder;
use crate::app::App;
use crate::http::page::NoFilter;
use crate::http::{Json, NotBefore, Page, Paged, Problem, Shopper};

/// List my orders, the newest first.
#[utoipa::path(
    get,
    path = "/orders",
    security(("access_token" = [])),
    responses((status = 200, body = Page<ShopperOrder>)),
)]
pub async fn list_own_orders(
    State(app): State<App>,
    shopper: Shopper,
    not_before: NotBefore,
    paged: Paged<Cursor, NoFilter>,
) -> Result<Json<Page<ShopperOrder>>, Problem> {
    not_before.wait(&app.positions, &[Orders::NAME]).await?;
    let found = query::of_member(&app.pool, shopper.member, paged.after, paged.limit).await?;
    Page::of(found, Into::into).map(Json)
}
