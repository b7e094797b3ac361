//! `GET /admin/v1/sagas/parked`: commands of sagas that wait for an operator.

use axum::extract::State;
use chrono::{DateTime, Utc};
use projections::Projection;
use sagas::Timers;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::http::{Json, NotBefore, OperatorCaller, Page, Paged, Problem};
use crate::service::workings::{InstanceCursor, ParkedCommand};

/// A command of a saga that kept failing, or was refused for a reason that the saga doesn't expect.
#[derive(Debug, Serialize, ToSchema)]
pub struct ParkedSaga {
    /// The saga.
    saga: String,
    /// Its instance.
    key: String,
    /// The command's name within the instance.
    command: String,
    /// What it waits for: the command's own name, e.g. `order.mark_paid`. Older releases said none.
    waits_for: Option<String>,
    /// The last error.
    error: String,
    /// Its stable name: a refusal's code, `outside_unavailable`, `log_unavailable` or `broken`.
    code: Option<String>,
    /// How often it was postponed before it was parked; 0 where it was refused at once.
    times: i64,
    /// Since when it waits.
    parked_at: DateTime<Utc>,
    /// The trace id of the request that it follows from.
    correlation_id: Uuid,
    /// Where that stands in the log.
    position: i64,
}

impl From<ParkedCommand> for ParkedSaga {
    fn from(row: ParkedCommand) -> Self {
        let ParkedCommand {
            saga,
            key,
            command,
            waits_for,
            error,
            code,
            times,
            parked_at,
            correlation_id,
            position,
        } = row;
        Self { saga, key, command, waits_for, error, code, times, parked_at, correlation_id, position }
    }
}

/// Commands that wait for an operator, the longest waiting first.
#[utoipa::path(get, path = "/sagas/parked", responses((status = 200, body = Page<ParkedSaga>)))]
pub async fn list_parked(
    State(app): State<App>,
    _: OperatorCaller,
    at_least: NotBefore,
    asked: Paged<InstanceCursor<i64>>,
) -> Result<Json<Page<ParkedSaga>>, Problem> {
    at_least.wait(&app.positions, &[Timers::NAME]).await?;
    let rows = app.parked(asked.after.clone(), asked.fetch()).await?;
    asked.page(rows, ParkedCommand::cursor, ParkedSaga::from).map(Json)
}
