//! `GET /seller/v1/products/{product}`: one product in full.

use axum::extract::State;
use axum::response::Response;
use kernel::id::ProductId;
use projections::Projection;
use projections::catalog::{Catalog, query};
use projections::checkpoint;

use super::product::OwnProduct;
use crate::app::App;
use crate::http::{IfNoneMatch, MerchantCaller, NotBefore, Path, Problem};

/// One of your products, whatever its phase.
#[utoipa::path(
    get,
    path = "/products/{product}",
    operation_id = "show_own_product",
    params(("product" = Uuid, Path, description = "The product.")),
    responses((status = 200, body = OwnProduct), (status = 304, description = "You have it already.")),
)]
pub async fn show_product(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(product): Path<ProductId>,
    not_before: NotBefore,
    seen: IfNoneMatch,
) -> Result<Response, Problem> {
    not_before.wait(&app.positions, &[Catalog::NAME]).await?;
    let found = query::seller_product(&app.pool, caller.merchant, product).await?;
    let found = found.ok_or_else(Problem::not_found)?;
    Ok(seen.reply(checkpoint::seq(found.listing.position), OwnProduct::from(found)))
}
