//! `GET /finance/v1/statements/{statement}/export`: a closed statement's items as a file, with control totals.

use axum::extract::State;
use axum::response::Response;
use kernel::id::StatementId;
use projections::Projection;
use projections::books::Books;
use serde::Deserialize;

use super::file::{ExportFormat, reply};
use crate::app::App;
use crate::http::{FinanceStaff, NotBefore, Path, Problem, Query};

/// How it is written.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// `csv` or `json_lines`.
    #[param(inline)]
    format: ExportFormat,
}

/// A closed statement's items, and the balances that it took over (kind `carried_in`), in the order in which they came
/// onto it. The same bytes each time; their count, sum and SHA-256 stand in `Jangteo-Export-Rows`,
/// `Jangteo-Export-Net-Minor` and `Jangteo-Export-Sha256`, as headers and as trailers.
#[utoipa::path(
    get,
    path = "/statements/{statement}/export",
    security(("access_token" = ["finance"])),
    params(("statement" = Uuid, Path), Asked),
    responses(
        (status = 200, body = String, content_type = "text/csv"),
        (status = 409, description = "`not_closed`")
    )
)]
pub async fn export_statement(
    State(app): State<App>,
    _: FinanceStaff,
    Path(statement): Path<StatementId>,
    Query(asked): Query<Asked>,
    at_least: NotBefore,
) -> Result<Response, Problem> {
    at_least.wait(&app.positions, &[Books::NAME]).await?;
    let export = app.export_statement(statement, asked.format.written()).await?;
    reply(export, asked.format, &statement.to_string())
}
