//! `POST /admin/v1/categories`: a category of the standard classification (표준 카테고리).

use axum::extract::State;
use axum::http::StatusCode;
use kernel::Text;
use product::CategoryCode;
use product::category::command::Define;
use serde::Deserialize;
use utoipa::ToSchema;

use super::category_written::{CategoryReply, CategoryWritten};
use crate::app::App;
use crate::http::{CatalogStaff, Problem, Write};

/// A new standard category.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DefineCategory {
    /// 1 to 64 of `a-z`, `0-9` and `_`; for ever.
    #[schema(value_type = String, example = "books")]
    code: CategoryCode,
    /// Its name, at most 80 characters.
    #[schema(value_type = String, max_length = 80)]
    name: Text<80>,
    /// The code of the category above it; none at the top.
    #[schema(value_type = Option<String>)]
    parent: Option<CategoryCode>,
}

/// Define a standard category.
#[utoipa::path(
    post,
    path = "/categories",
    security(("access_token" = ["catalog"])),
    request_body = DefineCategory,
    responses((status = 201, body = CategoryWritten), (status = 409, description = "`category_already_defined`")),
)]
pub async fn define_category(
    State(app): State<App>,
    CatalogStaff(caller): CatalogStaff,
    write: Write<DefineCategory>,
) -> Result<(StatusCode, CategoryReply), Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let DefineCategory { code, name, parent } = write.body;
    let define = Define { code: code.clone(), name, parent, at: context.at };
    let outcome = app.define_category(&context, define).await?;
    Ok((StatusCode::CREATED, CategoryWritten::reply(&code, &outcome)))
}
