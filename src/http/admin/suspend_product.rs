//! `POST /admin/v1/products/{product}/suspension`: a product leaves the lists.

use axum::extract::State;
use kernel::id::ProductId;
use product::Product;
use product::product::Command;
use product::product::command::Suspend;
use product::product::value::Party;

use super::Changed;
use super::reasoned::Reasoned;
use crate::app::App;
use crate::http::{CatalogStaff, IfMatch, Path, Problem, Write, Written};

/// Take a product off sale; its merchant can't undo it.
#[utoipa::path(
    post,
    path = "/products/{product}/suspension",
    security(("access_token" = ["catalog"])),
    params(("product" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    request_body = Reasoned,
    responses((status = 200, body = Written)),
)]
pub async fn suspend_product(
    State(app): State<App>,
    CatalogStaff(caller): CatalogStaff,
    Path(product): Path<ProductId>,
    seen: IfMatch,
    write: Write<Reasoned>,
) -> Result<Changed, Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let suspend =
        Command::Suspend(Suspend { reason: write.body.reason, by: Party::Operator, at: context.at });
    let outcome = app.change::<Product>(&context, &product, seen.0, [suspend]).await?;
    Ok(Written::reply::<Product>(&product, product.0, &outcome))
}
