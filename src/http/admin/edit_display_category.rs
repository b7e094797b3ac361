//! `PATCH /admin/v1/malls/{mall}/display-categories/{category}`: changing a category of a display tree.

use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

use axum::extract::State;
use display::tree::command::{HideCategory, MoveCategory, RenameCategory, SetSources, ShowCategory};
use display::tree::{Command, DisplayTree};
use kernel::id::DisplayCategoryId;
use kernel::{MallId, Text};
use serde::Deserialize;
use utoipa::ToSchema;

use super::Changed;
use crate::app::App;
use crate::http::{CatalogStaff, IfMatch, Path, Problem, Write, Written};

/// What changes, all of it or nothing; the rest stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditDisplayCategory {
    /// The new name, at most 80 characters.
    #[schema(value_type = Option<String>, max_length = 80)]
    name: Option<Text<80>>,
    /// Where it is put, with all below it.
    place: Option<DisplayPlace>,
    /// The codes of the standard categories whose products it shows, at most 100.
    #[schema(value_type = Option<Vec<String>>)]
    sources: Option<BTreeSet<Text<64>>>,
    /// Whether shoppers don't see it, nor anything below it.
    hidden: Option<bool>,
}

/// A place in a display tree.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DisplayPlace {
    /// The category above it; none at the top.
    #[schema(value_type = Option<Uuid>)]
    parent: Option<DisplayCategoryId>,
    /// Its place among its siblings, the lowest first.
    position: u32,
}

impl EditDisplayCategory {
    fn commands(self, category: DisplayCategoryId, at: DateTime<Utc>) -> Vec<Command> {
        let Self { name, place, sources, hidden } = self;
        let rename = name.map(|name| Command::RenameCategory(RenameCategory { category, name, at }));
        let put = place.map(|DisplayPlace { parent, position }| {
            Command::MoveCategory(MoveCategory { category, parent, position, at })
        });
        let show = sources.map(|sources| Command::SetSources(SetSources { category, sources, at }));
        let hide = hidden.map(|hidden| {
            if hidden {
                Command::HideCategory(HideCategory { category, at })
            } else {
                Command::ShowCategory(ShowCategory { category, at })
            }
        });
        [rename, put, show, hide].into_iter().flatten().collect()
    }
}

/// Change a category of a mall's display tree. `If-Match` and `ETag` are the tree's.
#[utoipa::path(
    patch,
    path = "/malls/{mall}/display-categories/{category}",
    security(("access_token" = ["catalog"])),
    params(("mall" = String, Path), ("category" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    request_body = EditDisplayCategory,
    responses((status = 200, body = Written)),
)]
pub async fn edit_display_category(
    State(app): State<App>,
    CatalogStaff(caller): CatalogStaff,
    Path((mall, category)): Path<(MallId, DisplayCategoryId)>,
    seen: IfMatch,
    write: Write<EditDisplayCategory>,
) -> Result<Changed, Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let commands = write.body.commands(category, context.at);
    let outcome = app.change::<DisplayTree>(&context, &mall, seen.0, commands).await?;
    Ok(Written::reply::<DisplayTree>(&mall, category.0, &outcome))
}
