//! `POST /admin/v1/sessions`: signing in.

use axum::extract::State;
use axum::http::StatusCode;

use super::session::OperatorSession;
use crate::app::App;
use crate::http::log_in::LogIn;
use crate::http::{Attempt, Json, Problem, Write};
use crate::service::sessions::Kind;

/// Sign in.
#[utoipa::path(
    post,
    path = "/sessions",
    security(()),
    request_body = LogIn,
    responses(
        (status = 201, body = OperatorSession),
        (status = 401, description = "`wrong_credentials`"),
        (status = 429, description = "`too_many_attempts`: too many tries have failed"),
    ),
)]
pub async fn log_in(
    State(app): State<App>,
    attempt: Attempt,
    write: Write<LogIn>,
) -> Result<(StatusCode, Json<OperatorSession>), Problem> {
    LogIn::answer(&app, Kind::Operator, attempt, write).await
}
