//! `POST /admin/v1/products/{product}/resumption`: a product is back in the lists.

use axum::extract::State;
use kernel::id::ProductId;
use product::Product;
use product::product::Command;
use product::product::command::Resume;
use product::product::value::Party;

use super::Changed;
use crate::app::App;
use crate::http::{CatalogStaff, IfMatch, Path, Problem, Write, Written};

/// Put a suspended product back on sale.
#[utoipa::path(
    post,
    path = "/products/{product}/resumption",
    security(("access_token" = ["catalog"])),
    params(("product" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = Written)),
)]
pub async fn resume_product(
    State(app): State<App>,
    CatalogStaff(caller): CatalogStaff,
    Path(product): Path<ProductId>,
    seen: IfMatch,
    write: Write<()>,
) -> Result<Changed, Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let resume = Command::Resume(Resume { by: Party::Operator, at: context.at });
    let outcome = app.change::<Product>(&context, &product, seen.0, [resume]).await?;
    Ok(Written::reply::<Product>(&product, product.0, &outcome))
}
