//! `GET /seller/v1/statements`: what one is owed, period by period.

use axum::extract::State;
use kernel::MallId;
use projections::Projection;
use projections::books::query::{self, StatementCursor, StatementFilter};
use projections::books::{Books, StatementPhase};
use serde::Deserialize;

use super::statement::OwnStatement;
use crate::app::App;
use crate::http::{Json, MerchantCaller, NotBefore, Page, Paged, Problem};

/// Which statements.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OwnStatementFilter {
    /// Of this mall.
    #[param(value_type = Option<String>)]
    mall: Option<MallId>,
    /// `open`, `closed`, `confirmed`, `payout_requested`, `payout_failed`, `paid` or `carried_over`.
    #[param(value_type = Option<String>)]
    phase: Option<StatementPhase>,
}

/// Your statements, the latest period first.
#[utoipa::path(
    get,
    path = "/statements",
    operation_id = "list_own_statements",
    params(OwnStatementFilter),
    responses((status = 200, body = Page<OwnStatement>)),
)]
pub async fn list_statements(
    State(app): State<App>,
    caller: MerchantCaller,
    paged: Paged<StatementCursor, OwnStatementFilter>,
    not_before: NotBefore,
) -> Result<Json<Page<OwnStatement>>, Problem> {
    not_before.wait(&app.positions, &[Books::NAME]).await?;
    let Paged { limit, after, filter: OwnStatementFilter { mall, phase } } = paged;
    let filter =
        StatementFilter { merchant: Some(caller.merchant), mall, phase, ..StatementFilter::default() };
    let found = query::statements(&app.pool, &filter, after, limit).await?;
    Page::of(found, OwnStatement::from).map(Json)
}
