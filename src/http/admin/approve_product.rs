//! `POST /admin/v1/products/{product}/approval`: a reviewed product goes on sale.

use axum::extract::State;
use kernel::id::ProductId;
use product::Product;
use product::product::Command;
use product::product::command::Approve;

use super::Changed;
use crate::app::App;
use crate::http::{CatalogStaff, IfMatch, Path, Problem, Write, Written};

/// Let a product go on sale that waits for review.
#[utoipa::path(
    post,
    path = "/products/{product}/approval",
    security(("access_token" = ["catalog"])),
    params(("product" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = Written)),
)]
pub async fn approve_product(
    State(app): State<App>,
    CatalogStaff(caller): CatalogStaff,
    Path(product): Path<ProductId>,
    seen: IfMatch,
    write: Write<()>,
) -> Result<Changed, Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let approve = Command::Approve(Approve { operator: caller.operator, at: context.at });
    let outcome = app.change::<Product>(&context, &product, seen.0, [approve]).await?;
    Ok(Written::reply::<Product>(&product, product.0, &outcome))
}
