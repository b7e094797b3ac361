//! `DELETE /storefront/v1/malls/{mall}/cart`: everything out of the cart.

use axum::extract::State;
use kernel::MallId;

use super::cart_caller::CartCaller;
use super::cart_view::CartView;
use crate::app::App;
use crate::http::{Json, Path, Problem, Write};

/// Empty the cart.
#[utoipa::path(
    delete,
    path = "/malls/{mall}/cart",
    security((), ("access_token" = [])),
    params(
        ("mall" = String, Path),
        ("Jangteo-Guest" = Option<String>, Header, description = "A guest's id: a random UUID. Not with a token."),
    ),
    responses((status = 200, body = CartView)),
)]
pub async fn empty_cart(
    State(app): State<App>,
    caller: CartCaller,
    Path(mall): Path<MallId>,
    write: Write<()>,
) -> Result<Json<CartView>, Problem> {
    let write = caller.own(write);
    let context = write.intent(caller.actor, app.clock.now());
    Ok(Json(app.empty_cart(&context, caller.owner, &mall).await?.into()))
}
