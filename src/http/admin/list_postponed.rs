//! `GET /admin/v1/sagas/postponed`: commands of sagas that failed and are tried again by themselves.

use axum::extract::State;
use chrono::{DateTime, Utc};
use projections::Projection;
use sagas::Timers;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::http::{Json, NotBefore, OperatorCaller, Page, Paged, Problem};
use crate::service::waiting::PostponedCommand;
use crate::service::workings::InstanceCursor;

/// A command of a saga that failed and is tried again by itself, for about a day; then it is parked.
#[derive(Debug, Serialize, ToSchema)]
pub struct PostponedSaga {
    /// The saga.
    saga: String,
    /// Its instance.
    key: String,
    /// The command's name within the instance.
    command: String,
    /// What it waits for: the command's own name, e.g. `pay_refund`. Older releases said none.
    waits_for: Option<String>,
    /// The last error.
    error: String,
    /// Its stable name: `outside_unavailable`, `log_unavailable` or `broken`.
    code: Option<String>,
    /// How often it was postponed.
    times: i64,
    /// Since when it waits.
    since: DateTime<Utc>,
    /// When it is tried again.
    next_try_at: DateTime<Utc>,
    /// The trace id of the request that it follows from.
    correlation_id: Uuid,
    /// Where the log tells that it waits.
    position: i64,
}

impl From<PostponedCommand> for PostponedSaga {
    fn from(row: PostponedCommand) -> Self {
        let PostponedCommand { saga, key, command, waits_for, error, code, times, .. } = row;
        let PostponedCommand { since, next_try_at, correlation_id, position, .. } = row;
        Self {
            saga,
            key,
            command,
            waits_for,
            error,
            code,
            times,
            since,
            next_try_at,
            correlation_id,
            position,
        }
    }
}

/// Commands that are tried again by themselves, the next one first.
#[utoipa::path(get, path = "/sagas/postponed", responses((status = 200, body = Page<PostponedSaga>)))]
pub async fn list_postponed(
    State(app): State<App>,
    _: OperatorCaller,
    at_least: NotBefore,
    asked: Paged<InstanceCursor<DateTime<Utc>>>,
) -> Result<Json<Page<PostponedSaga>>, Problem> {
    at_least.wait(&app.positions, &[Timers::NAME]).await?;
    let rows = app.postponed(asked.after.clone(), asked.fetch()).await?;
    asked.page(rows, PostponedCommand::cursor, PostponedSaga::from).map(Json)
}
