//! `GET /admin/v1/members`: shoppers' accounts.

use axum::extract::State;
use chrono::{DateTime, Utc};
use projections::people::{People, query};
use projections::{Cursor, Projection};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::http::{Json, NotBefore, Page, Paged, Problem, SupportStaff};

/// A shopper's account, without anything personal.
#[derive(Debug, Serialize, ToSchema)]
pub struct ManagedMember {
    /// Whose.
    member: Uuid,
    /// `registered`, `active`, `dormant` or `withdrawn`.
    standing: String,
    /// `basic`, `silver`, `gold` or `vip`.
    grade: String,
    /// When they signed up.
    registered_at: DateTime<Utc>,
}

impl From<query::Member> for ManagedMember {
    fn from(row: query::Member) -> Self {
        Self {
            member: row.member,
            standing: row.standing,
            grade: row.grade,
            registered_at: row.registered_at,
        }
    }
}

/// Every member, the last to sign up first.
#[utoipa::path(get, path = "/members",
    security(("access_token" = ["support"])), responses((status = 200, body = Page<ManagedMember>)))]
pub async fn list_members(
    State(app): State<App>,
    _: SupportStaff,
    at_least: NotBefore,
    asked: Paged<Cursor>,
) -> Result<Json<Page<ManagedMember>>, Problem> {
    at_least.wait(&app.positions, &[People::NAME]).await?;
    let page = query::members(&app.pool, asked.after, asked.limit).await?;
    Page::of(page, ManagedMember::from).map(Json)
}
