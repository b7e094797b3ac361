//! `GET /seller/v1/categories`: the standard classification that products are put into.

use axum::extract::State;
use projections::Projection;
use projections::catalog::{Catalog, query};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::http::{Json, MerchantCaller, NotBefore, Problem};

/// The standard classification.
#[derive(Debug, Serialize, ToSchema)]
pub struct Classification {
    /// Every category, by code.
    pub items: Vec<CategoryOfClassification>,
}

/// A standard category.
#[derive(Debug, Serialize, ToSchema)]
pub struct CategoryOfClassification {
    /// Its code, which products name.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The code above it; none at the top.
    pub parent: Option<String>,
    /// Whether nothing new is classified by it.
    pub retired: bool,
}

/// The standard classification.
#[utoipa::path(
    get,
    path = "/categories",
    operation_id = "list_standard_categories_for_merchants",
    responses((status = 200, body = Classification)),
)]
pub async fn list_categories(
    State(app): State<App>,
    _: MerchantCaller,
    not_before: NotBefore,
) -> Result<Json<Classification>, Problem> {
    not_before.wait(&app.positions, &[Catalog::NAME]).await?;
    let found = query::standard_categories(&app.pool).await?;
    let items = found.into_iter().map(|row| CategoryOfClassification {
        code: row.code,
        name: row.name,
        parent: row.parent,
        retired: row.retired,
    });
    Ok(Json(Classification { items: items.collect() }))
}
