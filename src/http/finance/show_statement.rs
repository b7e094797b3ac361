//! `GET /finance/v1/statements/{statement}`: one statement with what it took over.

use axum::extract::State;
use axum::response::Response;
use kernel::id::StatementId;
use projections::books::{Books, query};
use projections::{Projection, checkpoint};
use serde::Serialize;
use settlement::Statement;
use utoipa::ToSchema;
use uuid::Uuid;

use super::booked_statement::BookedStatement;
use crate::app::App;
use crate::http::past::statement::StatementAsItWas;
use crate::http::past::{Asked, AtQuery, NowOrThen, Viewer, look};
use crate::http::{FinanceStaff, NotBefore, Path, Problem};

/// A statement with the balances it took over.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementWithCarries {
    /// The statement.
    #[serde(flatten)]
    statement: BookedStatement,
    /// What `carried_in_minor` is made of.
    carries: Vec<CarriedBalance>,
}

/// A balance that a statement took over.
#[derive(Debug, Serialize, ToSchema)]
pub struct CarriedBalance {
    /// The statement it comes from.
    from: Uuid,
    /// Negative where the merchant owed.
    amount_minor: i64,
    /// Where it stands in the log.
    position: i64,
}

impl From<query::Carry> for CarriedBalance {
    fn from(carry: query::Carry) -> Self {
        Self { from: carry.former, amount_minor: carry.amount_minor, position: carry.position }
    }
}

/// One statement; with `at`, as it was by its own history.
#[utoipa::path(
    get,
    path = "/statements/{statement}",
    security(("access_token" = ["finance"])),
    params(("statement" = Uuid, Path), AtQuery),
    responses((status = 200, body = NowOrThen<StatementWithCarries, StatementAsItWas>))
)]
pub async fn show_statement(
    State(app): State<App>,
    _: FinanceStaff,
    Path(statement): Path<StatementId>,
    asked: Asked,
    at_least: NotBefore,
) -> Result<Response, Problem> {
    if let Some(at) = asked.at {
        return look::<Statement>(&app, &statement, at, Viewer::Staff).await;
    }
    at_least.wait(&app.positions, &[Books::NAME]).await?;
    let row = query::statement(&app.pool, statement).await?.ok_or_else(Problem::not_found)?;
    let carries = query::carries(&app.pool, statement).await?;
    let version = checkpoint::seq(row.position);
    let carries = carries.into_iter().map(CarriedBalance::from).collect();
    Ok(asked.known.reply(version, StatementWithCarries { statement: row.into(), carries }))
}
