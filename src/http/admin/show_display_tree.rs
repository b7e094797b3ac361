//! `GET /admin/v1/malls/{mall}/display-categories`: a mall's display tree (전시 카테고리).

use axum::extract::State;
use axum::response::Response;
use kernel::MallId;
use projections::catalog::{Catalog, query};
use projections::{Projection, checkpoint};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::http::{IfNoneMatch, NotBefore, OperatorCaller, Path, Problem};

/// A mall's tree.
#[derive(Debug, Serialize, ToSchema)]
pub struct ManagedDisplayTree {
    /// Every category, hidden ones included, parents before children, siblings in display order.
    categories: Vec<ManagedDisplayCategory>,
    /// The tree's version, for `If-Match`; zero before its first category.
    version: i64,
}

/// A category of the tree.
#[derive(Debug, Serialize, ToSchema)]
pub struct ManagedDisplayCategory {
    /// Which one.
    category: Uuid,
    /// The one above it; none at the top.
    parent: Option<Uuid>,
    /// Its name.
    name: String,
    /// Its place among its siblings, the lowest first.
    position: i64,
    /// The codes of the standard categories whose products it shows.
    sources: Vec<String>,
    /// Whether it is hidden itself.
    hidden: bool,
}

impl From<query::DisplayTree> for ManagedDisplayTree {
    fn from(tree: query::DisplayTree) -> Self {
        let categories = tree.categories.into_iter().map(ManagedDisplayCategory::from).collect();
        Self { categories, version: tree.position }
    }
}

impl From<query::DisplayCategory> for ManagedDisplayCategory {
    fn from(row: query::DisplayCategory) -> Self {
        let query::DisplayCategory { category, parent, name, place, sources, hidden } = row;
        Self { category, parent, name, position: place, sources, hidden }
    }
}

/// A mall's whole display tree.
#[utoipa::path(
    get,
    path = "/malls/{mall}/display-categories",
    params(("mall" = String, Path)),
    responses((status = 200, body = ManagedDisplayTree))
)]
pub async fn show_display_tree(
    State(app): State<App>,
    _: OperatorCaller,
    Path(mall): Path<MallId>,
    at_least: NotBefore,
    known: IfNoneMatch,
) -> Result<Response, Problem> {
    app.mall(&mall)?;
    at_least.wait(&app.positions, &[Catalog::NAME]).await?;
    let tree = query::display_tree(&app.pool, &mall).await?;
    Ok(known.reply(checkpoint::seq(tree.position), ManagedDisplayTree::from(tree)))
}
