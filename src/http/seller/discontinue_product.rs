//! `POST /seller/v1/products/{product}/discontinuation`: taking a product off sale for good.

use axum::extract::State;
use kernel::id::ProductId;
use product::Product;

use super::Changed;
use crate::app::App;
use crate::http::{IfMatch, MerchantCaller, Path, Write, Written};
use crate::service::ownership::Own;

/// Take a product off sale for good.
#[utoipa::path(
    post,
    path = "/products/{product}/discontinuation",
    operation_id = "discontinue_own_product",
    params(
        ("product" = Uuid, Path, description = "The product."),
        ("If-Match" = Option<String>, Header, description = "The version that you saw."),
    ),
    responses(
        (status = 200, body = Written),
        (status = 409, description = "`product_phase_forbids`"),
        (status = 412, description = "`version_mismatch`"),
    ),
)]
pub async fn discontinue_product(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(product): Path<ProductId>,
    seen: IfMatch,
    write: Write<()>,
) -> Changed {
    let context = write.intent(caller.actor(), app.clock.now());
    let outcome =
        app.discontinue_own_product(&context, Own::of(caller.merchant, product).seen(seen.0)).await?;
    Ok(Written::reply::<Product>(&product, product.0, &outcome))
}
