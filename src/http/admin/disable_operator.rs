//! `POST /admin/v1/operators/{operator}/disablement`: an account is locked.

use axum::extract::State;
use kernel::id::OperatorId;
use member::Operator;
use member::operator::Command;
use member::operator::command::Disable;

use super::Changed;
use crate::app::App;
use crate::http::{AdminStaff, IfMatch, Path, Problem, Write, Written};

/// Lock an operator's account: it may do nothing from the next request on.
#[utoipa::path(
    post,
    path = "/operators/{operator}/disablement",
    params(("operator" = Uuid, Path), ("If-Match" = Option<String>, Header)),
    responses((status = 200, body = Written)),
)]
pub async fn disable_operator(
    State(app): State<App>,
    AdminStaff(caller): AdminStaff,
    Path(operator): Path<OperatorId>,
    seen: IfMatch,
    write: Write<()>,
) -> Result<Changed, Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let disable = Command::Disable(Disable { at: context.at });
    let outcome = app.change::<Operator>(&context, &operator, seen.0, [disable]).await?;
    Ok(Written::reply::<Operator>(&operator, operator.0, &outcome))
}
