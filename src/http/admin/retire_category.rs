//! `POST /admin/v1/categories/{code}/retirement`: nothing new is classified by a standard category.

use axum::extract::State;
use product::category::Command;
use product::category::command::Retire;
use product::{Category, CategoryCode};

use super::category_written::{CategoryReply, CategoryWritten};
use crate::app::App;
use crate::http::{CatalogStaff, IfMatch, Path, Problem, Write};

/// Retire a standard category: what is classified by it stays so, nothing new is.
#[utoipa::path(
    post,
    path = "/categories/{code}/retirement",
    security(("access_token" = ["catalog"])),
    params(("code" = String, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = CategoryWritten)),
)]
pub async fn retire_category(
    State(app): State<App>,
    CatalogStaff(caller): CatalogStaff,
    Path(code): Path<CategoryCode>,
    seen: IfMatch,
    write: Write<()>,
) -> Result<CategoryReply, Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let retire = Command::Retire(Retire { at: context.at });
    let outcome = app.change::<Category>(&context, &code, seen.0, [retire]).await?;
    Ok(CategoryWritten::reply(&code, &outcome))
}
