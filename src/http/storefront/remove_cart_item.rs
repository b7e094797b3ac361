//! `DELETE /storefront/v1/malls/{mall}/cart/items/{sku}`: an item out of the cart.

use axum::extract::State;
use kernel::MallId;
use kernel::id::SkuId;

use super::cart_caller::CartCaller;
use super::cart_view::CartView;
use crate::app::App;
use crate::http::{Json, Path, Problem, Write};

/// Take an item out of the cart; nothing changes where it isn't in.
#[utoipa::path(
    delete,
    path = "/malls/{mall}/cart/items/{sku}",
    security((), ("access_token" = [])),
    params(
        ("mall" = String, Path),
        ("sku" = Uuid, Path),
        ("Jangteo-Guest" = Option<String>, Header, description = "A guest's id: a random UUID. Not with a token."),
    ),
    responses((status = 200, body = CartView)),
)]
pub async fn remove_cart_item(
    State(app): State<App>,
    caller: CartCaller,
    Path((mall, sku)): Path<(MallId, SkuId)>,
    write: Write<()>,
) -> Result<Json<CartView>, Problem> {
    let write = caller.own(write);
    let context = write.intent(caller.actor, app.clock.now());
    Ok(Json(app.remove_from_cart(&context, caller.owner, &mall, sku).await?.into()))
}
