//! `GET /finance/v1/changes`: the change feed: what was booked since the caller last asked.

use axum::extract::State;
use eventstore::Seq;
use projections::books::{Books, query};
use projections::{Projection, checkpoint};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::booked_line::BookedLine;
use crate::app::App;
use crate::http::{FinanceStaff, Json, NotBefore, Problem, Query};

/// How many positions a page has where nobody says.
const LIMIT_DEFAULT: u32 = 20;

/// Since when.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// The log position up to which the caller knows everything; 0 at first, then `next_after` of the former answer.
    after: u64,
    /// How many log positions, 1 to 100; 20 where nothing is said.
    #[param(value_type = Option<u32>, minimum = 1, maximum = 100)]
    limit: Option<Limit>,
}

/// A number of log positions on a page.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "u32")]
struct Limit(u32);

impl TryFrom<u32> for Limit {
    type Error = String;

    fn try_from(limit: u32) -> Result<Self, String> {
        let max = projections::page::MAX_LIMIT;
        if (1..=max).contains(&limit) {
            Ok(Self(limit))
        } else {
            Err(format!("a page has 1 to {max} positions"))
        }
    }
}

/// What was booked. Nothing is ever booked before a position that was told.
#[derive(Debug, Serialize, ToSchema)]
pub struct LedgerChanges {
    /// The lines, in the order of the log; of each position all.
    lines: Vec<BookedLine>,
    /// What to send as `after` next time.
    next_after: u64,
}

/// What was booked after a log position.
#[utoipa::path(get, path = "/changes",
    security(("access_token" = ["finance"])), params(Asked), responses((status = 200, body = LedgerChanges)))]
pub async fn changes(
    State(app): State<App>,
    _: FinanceStaff,
    Query(asked): Query<Asked>,
    at_least: NotBefore,
) -> Result<Json<LedgerChanges>, Problem> {
    at_least.wait(&app.positions, &[Books::NAME]).await?;
    let limit = asked.limit.map_or(LIMIT_DEFAULT, |limit| limit.0);
    let rows = query::ledger_after(&app.pool, Seq(asked.after), limit).await?;
    let next_after = rows.last().map_or(asked.after, |last| checkpoint::seq(last.position).0);
    let lines = rows.into_iter().map(BookedLine::from).collect();
    Ok(Json(LedgerChanges { lines, next_after }))
}
