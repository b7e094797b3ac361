//! `DELETE /admin/v1/malls/{mall}/display-categories/{category}`: a category leaves a display tree.

use axum::extract::State;
use display::tree::command::RemoveCategory;
use display::tree::{Command, DisplayTree};
use kernel::MallId;
use kernel::id::DisplayCategoryId;

use super::Changed;
use crate::app::App;
use crate::http::{CatalogStaff, IfMatch, Path, Problem, Write, Written};

/// Remove a category that has none below it. `If-Match` and `ETag` are the tree's.
#[utoipa::path(
    delete,
    path = "/malls/{mall}/display-categories/{category}",
    security(("access_token" = ["catalog"])),
    params(("mall" = String, Path), ("category" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = Written)),
)]
pub async fn remove_display_category(
    State(app): State<App>,
    CatalogStaff(caller): CatalogStaff,
    Path((mall, category)): Path<(MallId, DisplayCategoryId)>,
    seen: IfMatch,
    write: Write<()>,
) -> Result<Changed, Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let remove = Command::RemoveCategory(RemoveCategory { category, at: context.at });
    let outcome = app.change::<DisplayTree>(&context, &mall, seen.0, [remove]).await?;
    Ok(Written::reply::<DisplayTree>(&mall, category.0, &outcome))
}
