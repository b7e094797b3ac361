//! `POST /admin/v1/products/{product}/rejection`: a reviewed product goes back to its merchant.

use axum::extract::State;
use kernel::id::ProductId;
use product::Product;
use product::product::Command;
use product::product::command::Reject;

use super::Changed;
use super::reasoned::Reasoned;
use crate::app::App;
use crate::http::{CatalogStaff, IfMatch, Path, Problem, Write, Written};

/// Send a product back to its merchant, with what must change.
#[utoipa::path(
    post,
    path = "/products/{product}/rejection",
    security(("access_token" = ["catalog"])),
    params(("product" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    request_body = Reasoned,
    responses((status = 200, body = Written)),
)]
pub async fn reject_product(
    State(app): State<App>,
    CatalogStaff(caller): CatalogStaff,
    Path(product): Path<ProductId>,
    seen: IfMatch,
    write: Write<Reasoned>,
) -> Result<Changed, Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let reject =
        Command::Reject(Reject { operator: caller.operator, reason: write.body.reason, at: context.at });
    let outcome = app.change::<Product>(&context, &product, seen.0, [reject]).await?;
    Ok(Written::reply::<Product>(&product, product.0, &outcome))
}
