//! `GET /admin/v1/members/{member}/grades`: which grades (등급) a member was given, by whom and why.

use axum::extract::State;
use chrono::{DateTime, Utc};
use eventstore::{Recorded, Seq};
use kernel::Actor;
use kernel::id::MemberId;
use member::Member;
use member::member::{Event, GradeSet};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::http::{Json, Page, Paged, Path, Problem, SupportStaff};

/// A grade that a member was given.
#[derive(Debug, Serialize, ToSchema)]
pub struct GivenGrade {
    /// `basic`, `silver`, `gold` or `vip`.
    grade: &'static str,
    /// Why.
    reason: String,
    /// The operator who gave it; null where it was none.
    operator: Option<Uuid>,
    /// From when on.
    since: DateTime<Utc>,
}

/// Every grade that a member was given, the last first. Before the first the member was `basic`.
#[utoipa::path(
    get,
    path = "/members/{member}/grades",
    security(("access_token" = ["support"])),
    params(("member" = Uuid, Path)),
    responses((status = 200, body = Page<GivenGrade>)),
)]
pub async fn grade_history(
    State(app): State<App>,
    _: SupportStaff,
    Path(member): Path<MemberId>,
    paged: Paged<Seq>,
) -> Result<Json<Page<GivenGrade>>, Problem> {
    let commits = app.log.history::<Member>(&member).await?;
    if commits.is_empty() {
        return Err(Problem::not_found());
    }
    let fetched = usize::try_from(paged.fetch()).unwrap_or(usize::MAX);
    let mut given = Vec::new();
    for commit in commits.iter().rev().filter(|commit| paged.after.is_none_or(|after| commit.seq < after)) {
        given.extend(grade_of(commit)?.map(|grade| (commit.seq, grade)));
        if given.len() >= fetched {
            break;
        }
    }
    paged.page(given, |(position, _)| *position, |(_, grade)| grade).map(Json)
}

/// The grade that a commit gave; of several the last.
fn grade_of(commit: &Recorded) -> Result<Option<GivenGrade>, Problem> {
    let given = commit
        .decode::<Event>()?
        .into_iter()
        .rev()
        .find_map(|event| if let Event::GradeSet(body) = event { Some(body) } else { None });
    Ok(given.map(|GradeSet { grade, reason, at, .. }| GivenGrade {
        grade: grade.name(),
        reason: reason.to_string(),
        operator: if let Actor::Operator { operator } = commit.meta.actor { Some(operator.0) } else { None },
        since: at,
    }))
}
