//! `GET /admin/v1/sagas/unheard`: commits that sagas could not be given.

use axum::extract::State;
use chrono::{DateTime, Utc};
use projections::Projection;
use sagas::Timers;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::http::{Json, NotBefore, OperatorCaller, Page, Paged, Problem};
use crate::service::waiting::{UnheardCommit, UnheardCursor};

/// A commit that could not be given to a saga, because this release can't read it or the instance that it is for.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnheardByASaga {
    /// The saga.
    saga: String,
    /// Where the commit stands in the log.
    position: i64,
    /// The instance that it is for, where that is known. Its timers wait as well.
    key: Option<String>,
    /// Why.
    error: String,
    /// Since when it waits.
    since: DateTime<Utc>,
}

impl From<UnheardCommit> for UnheardByASaga {
    fn from(row: UnheardCommit) -> Self {
        let UnheardCommit { saga, position, key, error, since } = row;
        Self { saga, position, key, error, since }
    }
}

/// Commits that wait for a release that can read them, in the log's order.
#[utoipa::path(get, path = "/sagas/unheard", responses((status = 200, body = Page<UnheardByASaga>)))]
pub async fn list_unheard(
    State(app): State<App>,
    _: OperatorCaller,
    at_least: NotBefore,
    asked: Paged<UnheardCursor>,
) -> Result<Json<Page<UnheardByASaga>>, Problem> {
    at_least.wait(&app.positions, &[Timers::NAME]).await?;
    let rows = app.unheard(asked.after.clone(), asked.fetch()).await?;
    asked.page(rows, UnheardCommit::cursor, UnheardByASaga::from).map(Json)
}
