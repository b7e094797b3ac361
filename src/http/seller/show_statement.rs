//! `GET /seller/v1/statements/{statement}`: one statement's figures.

use axum::extract::State;
use axum::response::Response;
use kernel::id::StatementId;
use projections::Projection;
use projections::books::{Books, query};
use projections::checkpoint;
use settlement::Statement;

use super::statement::OwnStatement;
use crate::app::App;
use crate::http::past::statement::StatementAsItWas;
use crate::http::past::{Asked, AtQuery, NowOrThen, Viewer, look};
use crate::http::{MerchantCaller, NotBefore, Path, Problem};

/// One of your statements; with `at`, as it was by its own history.
#[utoipa::path(
    get,
    path = "/statements/{statement}",
    operation_id = "show_own_statement",
    params(("statement" = Uuid, Path, description = "The statement."), AtQuery),
    responses((status = 200, body = NowOrThen<OwnStatement, StatementAsItWas>), (status = 304, description = "You have it already.")),
)]
pub async fn show_statement(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(statement): Path<StatementId>,
    asked: Asked,
    not_before: NotBefore,
) -> Result<Response, Problem> {
    if let Some(at) = asked.at {
        return look::<Statement>(&app, &statement, at, Viewer::Merchant(caller.merchant)).await;
    }
    not_before.wait(&app.positions, &[Books::NAME]).await?;
    let found = query::statement(&app.pool, statement).await?;
    let row = found.filter(|row| row.merchant == caller.merchant.0).ok_or_else(Problem::not_found)?;
    Ok(asked.known.reply(checkpoint::seq(row.position), OwnStatement::from(row)))
}
