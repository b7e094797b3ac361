//! `GET /admin/v1/sagas/timers`: what will happen by itself, and when.

use axum::extract::State;
use chrono::{DateTime, Utc};
use projections::Projection;
use sagas::Timers;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::http::{Json, NotBefore, OperatorCaller, Page, Paged, Problem};
use crate::service::workings::{InstanceCursor, SetTimer};

/// Which timers.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Due before this.
    #[serde(default, deserialize_with = "crate::http::instant::if_given")]
    due_before: Option<DateTime<Utc>>,
}

/// A timer that is set.
#[derive(Debug, Serialize, ToSchema)]
pub struct SagaTimer {
    /// The saga.
    saga: String,
    /// Its instance.
    key: String,
    /// The timer's name, as JSON; `{"try_again": …}` is a command that failed and is tried again by itself.
    timer: String,
    /// When it fires.
    due_at: DateTime<Utc>,
    /// The trace id of the request that it follows from.
    correlation_id: Uuid,
}

impl From<SetTimer> for SagaTimer {
    fn from(row: SetTimer) -> Self {
        let SetTimer { saga, key, timer, due_at, correlation_id } = row;
        Self { saga, key, timer, due_at, correlation_id }
    }
}

/// Timers that are set, the next one first.
#[utoipa::path(get, path = "/sagas/timers", params(Filter), responses((status = 200, body = Page<SagaTimer>)))]
pub async fn list_timers(
    State(app): State<App>,
    _: OperatorCaller,
    at_least: NotBefore,
    asked: Paged<InstanceCursor<DateTime<Utc>>, Filter>,
) -> Result<Json<Page<SagaTimer>>, Problem> {
    at_least.wait(&app.positions, &[Timers::NAME]).await?;
    let rows = app.timers(asked.filter.due_before, asked.after.clone(), asked.fetch()).await?;
    asked.page(rows, SetTimer::cursor, SagaTimer::from).map(Json)
}
