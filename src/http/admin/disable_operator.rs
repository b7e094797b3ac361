//! `POST /admin/v1/operators/{operator}/disablement`: an account is locked.

use axum::extract::State;
use kernel::id::OperatorId;
use member::Operator;

use super::Changed;
use crate::app::App;
use crate::http::{AdminStaff, IfMatch, Path, Problem, Write, Written};

/// Lock an operator's account: it may do nothing from the next request on. The last enabled admin stays.
#[utoipa::path(
    post,
    path = "/operators/{operator}/disablement",
    security(("access_token" = ["admin"])),
    params(("operator" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = Written), (status = 409, description = "`last_admin`")),
)]
pub async fn disable_operator(
    State(app): State<App>,
    AdminStaff(caller): AdminStaff,
    Path(operator): Path<OperatorId>,
    seen: IfMatch,
    write: Write<()>,
) -> Result<Changed, Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let outcome = app.disable_operator(&context, operator, seen.0).await?;
    Ok(Written::reply::<Operator>(&operator, operator.0, &outcome))
}
