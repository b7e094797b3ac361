//! `PATCH /admin/v1/categories/{code}`: another name or parent for a standard category.

use axum::extract::State;
use kernel::Text;
use product::CategoryCode;
use serde::Deserialize;
use utoipa::ToSchema;

use super::category_written::{CategoryReply, CategoryWritten};
use super::patched::Patched;
use crate::app::App;
use crate::http::{CatalogStaff, IfMatch, Path, Problem, Write};
use crate::service::categories::{CategoryEdit, Place};

/// What changes; the rest stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditCategory {
    /// The new name, at most 80 characters.
    #[schema(value_type = Option<String>, max_length = 80)]
    name: Option<Text<80>>,
    /// The code of the new category above it; null for the top.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    parent: Patched<CategoryCode>,
}

/// Rename or move a standard category, with all below it.
#[utoipa::path(
    patch,
    path = "/categories/{code}",
    security(("access_token" = ["catalog"])),
    params(("code" = String, Path), ("If-Match" = Option<String>, Header)),
    request_body = EditCategory,
    responses((status = 200, body = CategoryWritten)),
)]
pub async fn edit_category(
    State(app): State<App>,
    CatalogStaff(caller): CatalogStaff,
    Path(code): Path<CategoryCode>,
    seen: IfMatch,
    write: Write<EditCategory>,
) -> Result<CategoryReply, Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let EditCategory { name, parent } = write.body;
    let place = match parent {
        Patched::Kept => None,
        Patched::Set(parent) => Some(Place { parent }),
    };
    let outcome = app.edit_category(&context, &code, seen.0, CategoryEdit { name, place }).await?;
    Ok(CategoryWritten::reply(&code, &outcome))
}
