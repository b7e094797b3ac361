//! `GET /admin/v1/malls/{mall}/members/{member}/points/history`: what happened to a member's points.

use axum::extract::State;
use eventstore::Seq;
use kernel::MallId;
use kernel::id::MemberId;
use member::PointAccount;

use crate::app::App;
use crate::http::past::Viewer;
use crate::http::past::history::{History, PastCommit, history};
use crate::http::{Page, Paged, Path, Problem, SupportStaff};

/// What happened to a member's points, in the order of the log, with who and why.
#[utoipa::path(
    get,
    path = "/malls/{mall}/members/{member}/points/history",
    security(("access_token" = ["support"])),
    params(("mall" = String, Path), ("member" = Uuid, Path)),
    responses((status = 200, body = Page<PastCommit>)),
)]
pub async fn points_history(
    State(app): State<App>,
    _: SupportStaff,
    Path((mall, member)): Path<(MallId, MemberId)>,
    paged: Paged<Seq>,
) -> Result<History, Problem> {
    let account = app.point_account(&mall, member)?;
    history::<PointAccount>(&app, &account, &paged, Viewer::Staff).await
}
