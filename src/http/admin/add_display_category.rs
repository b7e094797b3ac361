//! `POST /admin/v1/malls/{mall}/display-categories`: a category of a mall's display tree.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::http::StatusCode;
use display::tree::command::AddCategory;
use display::tree::{Command, DisplayTree};
use kernel::id::DisplayCategoryId;
use kernel::{MallId, Text};
use serde::Deserialize;
use utoipa::ToSchema;

use super::Changed;
use crate::app::App;
use crate::http::{CatalogStaff, IfMatch, Path, Problem, Write, Written};

/// A new display category.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AddDisplayCategory {
    /// The category above it; none at the top.
    #[schema(value_type = Option<Uuid>)]
    parent: Option<DisplayCategoryId>,
    /// Its name, at most 80 characters.
    #[schema(value_type = String, max_length = 80)]
    name: Text<80>,
    /// Its place among its siblings, the lowest first.
    position: u32,
    /// The codes of the standard categories whose products it shows, at most 100.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    sources: BTreeSet<Text<64>>,
}

/// Add a category to a mall's display tree. The answer's `ETag` is the tree's.
#[utoipa::path(
    post,
    path = "/malls/{mall}/display-categories",
    security(("access_token" = ["catalog"])),
    params(("mall" = String, Path), ("If-Match" = Option<String>, Header)),
    request_body = AddDisplayCategory,
    responses((status = 201, body = Written)),
)]
pub async fn add_display_category(
    State(app): State<App>,
    CatalogStaff(caller): CatalogStaff,
    Path(mall): Path<MallId>,
    seen: IfMatch,
    write: Write<AddDisplayCategory>,
) -> Result<(StatusCode, Changed), Problem> {
    app.mall(&mall)?;
    let context = write.intent(caller.actor(), app.clock.now());
    let category = DisplayCategoryId(write.derive(&caller.actor(), "display_category"));
    let AddDisplayCategory { parent, name, position, sources } = write.body;
    let add = AddCategory { mall: mall.clone(), category, parent, name, position, sources, at: context.at };
    let commands = [Command::AddCategory(add)];
    let outcome = app.change::<DisplayTree>(&context, &mall, seen.0, commands).await?;
    Ok((StatusCode::CREATED, Written::reply::<DisplayTree>(&mall, category.0, &outcome)))
}
