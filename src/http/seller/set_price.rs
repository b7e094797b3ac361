//! `PUT /seller/v1/products/{product}/skus/{sku}/price`: what a variant costs from now on.

use axum::extract::State;
use kernel::Price;
use kernel::id::{ProductId, SkuId};
use product::Product;
use product::product::value::Sale;
use serde::Deserialize;
use utoipa::ToSchema;

use super::Changed;
use super::product::SaleNamed;
use crate::app::App;
use crate::http::{IfMatch, MerchantCaller, Path, Write, Written};
use crate::service::merchandise::NewPrice;
use crate::service::ownership::Own;

/// What a variant costs.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PriceNamed {
    /// The list price, in minor units of the product's currency.
    #[schema(value_type = i64, minimum = 0)]
    price_minor: Price,
    /// A lower price for a period; without it there is none.
    sale: Option<SaleNamed>,
}

/// Set a variant's price. Orders placed before keep the former one.
#[utoipa::path(
    put,
    path = "/products/{product}/skus/{sku}/price",
    params(
        ("product" = Uuid, Path, description = "The product."),
        ("sku" = Uuid, Path, description = "The variant."),
        ("If-Match" = Option<String>, Header, description = "The version of the product that you saw."),
    ),
    request_body = PriceNamed,
    responses(
        (status = 200, body = Written),
        (status = 409, description = "`product_phase_forbids`"),
        (status = 412, description = "`version_mismatch`"),
        (status = 422, description = "`product_sale_not_cheaper`, `product_sale_period_empty`"),
    ),
)]
pub async fn set_price(
    State(app): State<App>,
    caller: MerchantCaller,
    Path((product, sku)): Path<(ProductId, SkuId)>,
    seen: IfMatch,
    write: Write<PriceNamed>,
) -> Changed {
    let context = write.intent(caller.actor(), app.clock.now());
    let own = Own::of(caller.merchant, product).seen(seen.0);
    let PriceNamed { price_minor: price, sale } = write.body;
    let new = NewPrice { sku, price, sale: sale.map(Sale::from) };
    let outcome = app.set_own_price(&context, own, new).await?;
    Ok(Written::reply::<Product>(&product, product.0, &outcome))
}
