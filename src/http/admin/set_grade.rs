//! `PUT /admin/v1/members/{member}/grade`: a member's grade (등급).

use axum::extract::State;
use kernel::Text;
use kernel::id::MemberId;
use member::Member;
use member::member::{Command, Grade, SetGrade};
use serde::Deserialize;
use utoipa::ToSchema;

use super::Changed;
use crate::app::App;
use crate::http::{IfMatch, Path, Problem, SupportStaff, Write, Written};

/// A grade to give.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberGrade {
    /// `basic`, `silver`, `gold` or `vip`.
    #[schema(value_type = String, example = "gold")]
    grade: Grade,
    /// Why: at most 200 characters, no personal data.
    #[schema(value_type = String, max_length = 200)]
    reason: Text<200>,
}

/// Give a member a grade, from now on: what is confirmed later earns by it. Everybody begins as `basic`.
#[utoipa::path(
    put,
    path = "/members/{member}/grade",
    security(("access_token" = ["support"])),
    params(("member" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    request_body = MemberGrade,
    responses((status = 200, body = Written), (status = 409, description = "`member_withdrawn`")),
)]
pub async fn set_grade(
    State(app): State<App>,
    SupportStaff(caller): SupportStaff,
    Path(member): Path<MemberId>,
    seen: IfMatch,
    write: Write<MemberGrade>,
) -> Result<Changed, Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let MemberGrade { grade, reason } = write.body;
    let set = Command::SetGrade(SetGrade { grade, reason, at: context.at });
    let outcome = app.change::<Member>(&context, &member, seen.0, [set]).await?;
    Ok(Written::reply::<Member>(&member, member.0, &outcome))
}
