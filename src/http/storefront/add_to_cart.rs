//! `POST /storefront/v1/malls/{mall}/cart/items`: pieces into the cart.

use axum::extract::State;
use kernel::id::{ProductId, SkuId};
use kernel::{MallId, Quantity};
use serde::Deserialize;
use utoipa::ToSchema;

use super::came_by::CameBy;
use super::cart_caller::CartCaller;
use super::cart_view::CartView;
use crate::app::App;
use crate::http::{Json, Path, Problem, Write};
use crate::service::quoting::Item;

/// Pieces of a variant.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddToCart {
    /// The product.
    #[schema(value_type = Uuid)]
    product: ProductId,
    /// The variant.
    #[schema(value_type = Uuid)]
    sku: SkuId,
    /// How many pieces, on top of those that are in.
    #[schema(value_type = u32, minimum = 1, maximum = 999)]
    quantity: Quantity,
    /// How the shopper came to it.
    #[serde(default)]
    source: CameBy,
}

/// Put pieces into the cart.
#[utoipa::path(
    post,
    path = "/malls/{mall}/cart/items",
    security((), ("access_token" = [])),
    params(
        ("mall" = String, Path),
        ("Jangteo-Guest" = Option<String>, Header, description = "A guest's id: a random UUID. Not with a token."),
    ),
    request_body = AddToCart,
    responses((status = 200, body = CartView), (status = 409, description = "`not_on_sale`, `merchant_not_trading`")),
)]
pub async fn add_to_cart(
    State(app): State<App>,
    caller: CartCaller,
    Path(mall): Path<MallId>,
    write: Write<AddToCart>,
) -> Result<Json<CartView>, Problem> {
    let write = caller.own(write);
    let context = write.intent(caller.actor, app.clock.now());
    let AddToCart { product, sku, quantity, source } = write.body;
    let item = Item { product, sku, quantity, source: source.into() };
    Ok(Json(app.add_to_cart(&context, caller.owner, &mall, item).await?.into()))
}
