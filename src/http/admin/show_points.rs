//! `GET /admin/v1/malls/{mall}/members/{member}/points`: a member's points (적립금) in a mall, now or as they were.

use axum::extract::State;
use axum::response::Response;
use kernel::MallId;
use kernel::id::MemberId;
use member::PointAccount;

use crate::app::App;
use crate::http::past::points::PointsAsTheyWere;
use crate::http::past::{AsItWas, At, AtQuery, Viewer, look_at};
use crate::http::{Path, Problem, SupportStaff};

/// A member's points, now or as they were; not found where the member never had any.
#[utoipa::path(
    get,
    path = "/malls/{mall}/members/{member}/points",
    security(("access_token" = ["support"])),
    params(("mall" = String, Path), ("member" = Uuid, Path), AtQuery),
    responses((status = 200, body = AsItWas<PointsAsTheyWere>)),
)]
pub async fn show_points(
    State(app): State<App>,
    _: SupportStaff,
    Path((mall, member)): Path<(MallId, MemberId)>,
    at: At,
) -> Result<Response, Problem> {
    let account = app.point_account(&mall, member)?;
    look_at::<PointAccount>(&app, &account, at, Viewer::Staff).await
}
