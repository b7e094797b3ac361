//! `POST /admin/v1/operators/{operator}/enablement`: an account is unlocked.

use axum::extract::State;
use kernel::id::OperatorId;
use member::Operator;

use super::Changed;
use crate::app::App;
use crate::http::{AdminStaff, IfMatch, Path, Problem, Write, Written};

/// Unlock an operator's account.
#[utoipa::path(
    post,
    path = "/operators/{operator}/enablement",
    security(("access_token" = ["admin"])),
    params(("operator" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = Written)),
)]
pub async fn enable_operator(
    State(app): State<App>,
    AdminStaff(caller): AdminStaff,
    Path(operator): Path<OperatorId>,
    seen: IfMatch,
    write: Write<()>,
) -> Result<Changed, Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let outcome = app.enable_operator(&context, operator, seen.0).await?;
    Ok(Written::reply::<Operator>(&operator, operator.0, &outcome))
}
