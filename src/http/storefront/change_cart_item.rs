//! `PATCH /storefront/v1/malls/{mall}/cart/items/{sku}`: another number of pieces.

use axum::extract::State;
use kernel::id::SkuId;
use kernel::{MallId, Quantity};
use serde::Deserialize;
use utoipa::ToSchema;

use super::cart_caller::CartCaller;
use super::cart_view::CartView;
use crate::app::App;
use crate::http::{Json, Path, Problem, Write};

/// Another number of pieces.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeCartItem {
    /// How many.
    #[schema(value_type = u32, minimum = 1, maximum = 999)]
    quantity: Quantity,
}

/// Change how many pieces of an item are in the cart; the shopper has then seen its price of now.
#[utoipa::path(
    patch,
    path = "/malls/{mall}/cart/items/{sku}",
    security((), ("access_token" = [])),
    params(
        ("mall" = String, Path),
        ("sku" = Uuid, Path),
        ("Jangteo-Guest" = Option<String>, Header, description = "A guest's id: a random UUID. Not with a token."),
    ),
    request_body = ChangeCartItem,
    responses((status = 200, body = CartView), (status = 404, description = "`cart_unknown_item`")),
)]
pub async fn change_cart_item(
    State(app): State<App>,
    caller: CartCaller,
    Path((mall, sku)): Path<(MallId, SkuId)>,
    write: Write<ChangeCartItem>,
) -> Result<Json<CartView>, Problem> {
    let write = caller.own(write);
    let context = write.intent(caller.actor, app.clock.now());
    let wanted = (sku, write.body.quantity);
    Ok(Json(app.set_in_cart(&context, caller.owner, &mall, wanted).await?.into()))
}
