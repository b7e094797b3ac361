//! `GET /admin/v1/operators`: all colleagues.

use axum::extract::State;
use chrono::{DateTime, Utc};
use projections::people::{self, People};
use projections::{Cursor, Projection};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::http::{AdminStaff, Json, NotBefore, Page, Paged, Problem};

/// An operator's account.
#[derive(Debug, Serialize, ToSchema)]
pub struct ManagedOperator {
    /// Whose.
    operator: Uuid,
    /// The staff name.
    name: String,
    /// `support`, `catalog`, `finance`, `admin`.
    roles: Vec<String>,
    /// Whether they may sign in.
    enabled: bool,
    /// Since when the account exists.
    created_at: DateTime<Utc>,
    /// The account's version, for `If-Match`.
    version: i64,
}

impl From<people::query::Operator> for ManagedOperator {
    fn from(row: people::query::Operator) -> Self {
        let people::query::Operator { operator, name, roles, enabled, created_at, position } = row;
        Self { operator, name, roles, enabled, created_at, version: position }
    }
}

/// Every operator, the newest first.
#[utoipa::path(get, path = "/operators",
    security(("access_token" = ["admin"])), responses((status = 200, body = Page<ManagedOperator>)))]
pub async fn list_operators(
    State(app): State<App>,
    _: AdminStaff,
    at_least: NotBefore,
    asked: Paged<Cursor>,
) -> Result<Json<Page<ManagedOperator>>, Problem> {
    at_least.wait(&app.positions, &[People::NAME]).await?;
    let page = people::query::operators(&app.pool, asked.after, asked.limit).await?;
    Page::of(page, ManagedOperator::from).map(Json)
}
