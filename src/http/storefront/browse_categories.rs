//! `GET /storefront/v1/malls/{mall}/categories`: the shelves of a mall.

use axum::extract::State;
use kernel::MallId;
use projections::Projection;
use projections::catalog::{Catalog, query};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::http::{Json, NotBefore, Path, Problem};

/// A mall's display categories, level by level, siblings in display order.
#[derive(Debug, Serialize, ToSchema)]
pub struct Shelves {
    /// All that shoppers see.
    items: Vec<ShelfView>,
}

/// A display category.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShelfView {
    /// Send it as `shelf` with a list of products.
    category: Uuid,
    /// The one above it; null at the top.
    parent: Option<Uuid>,
    /// Its name.
    name: String,
}

/// List a mall's categories.
#[utoipa::path(
    get,
    path = "/malls/{mall}/categories",
    security(()),
    params(("mall" = String, Path)),
    responses((status = 200, body = Shelves)),
)]
pub async fn browse_categories(
    State(app): State<App>,
    Path(mall): Path<MallId>,
    not_before: NotBefore,
) -> Result<Json<Shelves>, Problem> {
    let mall = &app.mall(&mall)?.mall;
    not_before.wait(&app.positions, &[Catalog::NAME]).await?;
    let seen = query::categories(&app.pool, mall).await?;
    let view = |found: query::DisplayCategory| ShelfView {
        category: found.category,
        parent: found.parent,
        name: found.name,
    };
    Ok(Json(Shelves { items: seen.into_iter().map(view).collect() }))
}
