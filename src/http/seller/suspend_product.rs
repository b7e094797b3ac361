//! `POST /seller/v1/products/{product}/suspension`: taking a product off sale for now.

use axum::extract::State;
use kernel::Text;
use kernel::id::ProductId;
use product::Product;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Changed;
use crate::app::App;
use crate::http::{IfMatch, MerchantCaller, Path, Write, Written};
use crate::service::ownership::Own;

/// Why a product is taken off sale.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnSuspension {
    /// In words, at most 500 characters.
    #[schema(value_type = String, max_length = 500)]
    reason: Text<500>,
}

/// Take a product off sale for now. What is ordered is still to be sent.
#[utoipa::path(
    post,
    path = "/products/{product}/suspension",
    operation_id = "suspend_own_product",
    params(
        ("product" = Uuid, Path, description = "The product."),
        ("If-Match" = Option<String>, Header, description = "The version that you saw."),
    ),
    request_body = OwnSuspension,
    responses(
        (status = 200, body = Written),
        (status = 409, description = "`product_phase_forbids`"),
        (status = 412, description = "`version_mismatch`"),
    ),
)]
pub async fn suspend_product(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(product): Path<ProductId>,
    seen: IfMatch,
    write: Write<OwnSuspension>,
) -> Changed {
    let context = write.intent(caller.actor(), app.clock.now());
    let own = Own::of(caller.merchant, product).seen(seen.0);
    let outcome = app.suspend_own_product(&context, own, write.body.reason).await?;
    Ok(Written::reply::<Product>(&product, product.0, &outcome))
}
