//! `PUT /admin/v1/operators/me/password`: another password.

use axum::extract::State;
use member::Operator;

use super::Changed;
use crate::app::App;
use crate::http::password_change::ChangePassword;
use crate::http::{Attempt, OperatorCaller, Problem, Write, Written};

/// Change your password. Every other session of yours is over.
#[utoipa::path(
    put,
    path = "/operators/me/password",
    operation_id = "change_operator_password",
    request_body = ChangePassword,
    responses(
        (status = 200, body = Written),
        (status = 403, description = "`wrong_password`"),
        (status = 429, description = "`too_many_attempts`: too many tries have failed"),
        (status = 412, description = "`version_mismatch`: the account changed at the same moment"),
    ),
)]
pub async fn change_password(
    State(app): State<App>,
    caller: OperatorCaller,
    attempt: Attempt,
    write: Write<ChangePassword>,
) -> Result<Changed, Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let change = write.body.asked_in(Some(caller.session));
    let attempt = attempt.at(caller.operator)?;
    let outcome = attempt.came_to(
        app.change_password::<Operator>(&context, &caller.operator, change).await.map_err(Problem::from),
    )?;
    Ok(Written::reply::<Operator>(&caller.operator, caller.operator.0, &outcome))
}
