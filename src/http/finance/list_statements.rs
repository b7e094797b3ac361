//! `GET /finance/v1/malls/{mall}/statements`: a mall's statements.

use axum::extract::State;
use chrono::{DateTime, Utc};
use kernel::MallId;
use projections::Projection;
use projections::books::query::{self, StatementCursor, StatementFilter};
use projections::books::{Books, StatementPhase};
use serde::Deserialize;

use super::booked_statement::BookedStatement;
use crate::app::App;
use crate::http::{FinanceStaff, Json, NotBefore, Page, Paged, Path, Problem};

/// Which statements.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// `open`, `closed`, `confirmed`, `payout_requested`, `payout_failed`, `paid` or `carried_over`.
    #[param(value_type = Option<String>)]
    phase: Option<StatementPhase>,
    /// Whose period begins at or after this.
    #[serde(default, deserialize_with = "crate::http::instant::if_given")]
    period_from: Option<DateTime<Utc>>,
    /// Whose period ends at or before this.
    #[serde(default, deserialize_with = "crate::http::instant::if_given")]
    period_until: Option<DateTime<Utc>>,
}

/// A mall's statements, the latest period first.
#[utoipa::path(
    get,
    path = "/malls/{mall}/statements",
    security(("access_token" = ["finance"])),
    params(("mall" = String, Path), Filter),
    responses((status = 200, body = Page<BookedStatement>))
)]
pub async fn list_statements(
    State(app): State<App>,
    _: FinanceStaff,
    Path(mall): Path<MallId>,
    at_least: NotBefore,
    asked: Paged<StatementCursor, Filter>,
) -> Result<Json<Page<BookedStatement>>, Problem> {
    app.mall(&mall)?;
    at_least.wait(&app.positions, &[Books::NAME]).await?;
    let Filter { phase, period_from, period_until } = asked.filter;
    let filter = StatementFilter { merchant: None, mall: Some(mall), phase, period_from, period_until };
    let page = query::statements(&app.pool, &filter, asked.after, asked.limit).await?;
    Page::of(page, BookedStatement::from).map(Json)
}
