//! `GET /seller/v1/products`: what one sells.

use axum::extract::State;
use projections::catalog::{Catalog, query};
use projections::{Cursor, Projection};
use serde::Deserialize;

use super::product::OwnProductListed;
use crate::app::App;
use crate::http::{Json, MerchantCaller, NotBefore, Page, Paged, Problem};

/// Which products.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OwnProductFilter {
    /// `draft`, `in_review`, `rejected`, `on_sale`, `suspended` or `discontinued`.
    #[param(value_type = Option<String>)]
    phase: Option<query::Phase>,
}

/// Your products, the last begun first.
#[utoipa::path(
    get,
    path = "/products",
    operation_id = "list_own_products",
    params(OwnProductFilter),
    responses((status = 200, body = Page<OwnProductListed>)),
)]
pub async fn list_products(
    State(app): State<App>,
    caller: MerchantCaller,
    paged: Paged<Cursor, OwnProductFilter>,
    not_before: NotBefore,
) -> Result<Json<Page<OwnProductListed>>, Problem> {
    not_before.wait(&app.positions, &[Catalog::NAME]).await?;
    let Paged { limit, after, filter } = paged;
    let found = query::seller_products(&app.pool, caller.merchant, filter.phase, after, limit).await?;
    Page::of(found, OwnProductListed::from).map(Json)
}
