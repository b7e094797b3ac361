//! `PUT /seller/v1/products/{product}/purchase-limits`: how many pieces may be bought from now on.

use axum::extract::State;
use kernel::id::ProductId;
use product::Product;

use super::Changed;
use crate::app::App;
use crate::http::purchase_limits::PurchaseLimitsNamed;
use crate::http::{IfMatch, MerchantCaller, Path, Write, Written};
use crate::service::ownership::Own;

/// Limit how many pieces of a product may be bought; an empty body lifts the limits. Orders placed before stand, and
/// count towards a member's limit where the product had one then.
#[utoipa::path(
    put,
    path = "/products/{product}/purchase-limits",
    params(
        ("product" = Uuid, Path, description = "The product."),
        ("If-Match" = Option<String>, Header, description = "The version that you saw."),
    ),
    request_body = PurchaseLimitsNamed,
    responses(
        (status = 200, body = Written),
        (status = 409, description = "`product_phase_forbids`"),
        (status = 412, description = "`version_mismatch`"),
        (status = 422, description = "`product_limit_out_of_range`, `product_limit_days_out_of_range`"),
    ),
)]
pub async fn limit_purchases(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(product): Path<ProductId>,
    seen: IfMatch,
    write: Write<PurchaseLimitsNamed>,
) -> Changed {
    let context = write.intent(caller.actor(), app.clock.now());
    let own = Own::of(caller.merchant, product).seen(seen.0);
    let outcome = app.limit_own_purchases(&context, own, write.body.into()).await?;
    Ok(Written::reply::<Product>(&product, product.0, &outcome))
}
