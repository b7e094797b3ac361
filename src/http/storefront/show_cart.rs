//! `GET /storefront/v1/malls/{mall}/cart`: the cart, priced and checked anew.

use axum::extract::State;
use kernel::MallId;

use super::cart_caller::CartCaller;
use super::cart_view::CartView;
use crate::app::App;
use crate::http::{Json, Path, Problem};

/// Show the cart.
#[utoipa::path(
    get,
    path = "/malls/{mall}/cart",
    security((), ("access_token" = [])),
    params(
        ("mall" = String, Path),
        ("Jangteo-Guest" = Option<String>, Header, description = "A guest's id: a random UUID. Not with a token."),
    ),
    responses((status = 200, body = CartView)),
)]
pub async fn show_cart(
    State(app): State<App>,
    caller: CartCaller,
    Path(mall): Path<MallId>,
) -> Result<Json<CartView>, Problem> {
    Ok(Json(app.cart(caller.owner, &mall, app.clock.now()).await?.into()))
}
