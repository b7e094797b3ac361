//! `POST /storefront/v1/malls/{mall}/cart/merge`: what a guest gathered, into the member's cart after logging in.

use axum::extract::State;
use kernel::MallId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::cart_view::CartView;
use crate::app::App;
use crate::http::{Json, Path, Problem, Shopper, Write};

/// Whose cart is taken in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeCarts {
    /// The guest's id, as sent in `Jangteo-Guest`.
    guest: Uuid,
}

/// Two carts made one.
#[derive(Debug, Serialize, ToSchema)]
pub struct MergedCarts {
    /// The member's cart. Of an item in both, the larger quantity stayed, as far as it may be bought: an item of which fewer
    /// pieces were taken in says so by the issue `capped`.
    cart: CartView,
    /// The guest's variants that had no room in it, or of which nothing may be bought.
    left_out: Vec<Uuid>,
}

/// Merge a guest's cart into mine.
#[utoipa::path(
    post,
    path = "/malls/{mall}/cart/merge",
    security(("access_token" = [])),
    params(("mall" = String, Path)),
    request_body = MergeCarts,
    responses((status = 200, body = MergedCarts)),
)]
pub async fn merge_carts(
    State(app): State<App>,
    shopper: Shopper,
    Path(mall): Path<MallId>,
    write: Write<MergeCarts>,
) -> Result<Json<MergedCarts>, Problem> {
    let context = write.intent(shopper.actor(), app.clock.now());
    let merged = app.merge_carts(&context, shopper.member, &mall, write.body.guest).await?;
    let left_out = merged.left_out.into_iter().map(|item| item.sku.0).collect();
    Ok(Json(MergedCarts { cart: merged.page.into(), left_out }))
}
