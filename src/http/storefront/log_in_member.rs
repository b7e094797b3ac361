//! `POST /storefront/v1/sessions`: logging in.

use axum::extract::State;
use axum::http::StatusCode;

use super::member_tokens::MemberTokens;
use crate::app::App;
use crate::http::log_in::LogIn;
use crate::http::{Attempt, Json, Problem, Write};
use crate::service::sessions::Kind;

/// Log in.
#[utoipa::path(
    post,
    path = "/sessions",
    security(()),
    request_body = LogIn,
    responses(
        (status = 201, body = MemberTokens),
        (status = 401, description = "`wrong_credentials`"),
        (status = 429, description = "`too_many_attempts`: too many tries have failed"),
    ),
)]
pub async fn log_in_member(
    State(app): State<App>,
    attempt: Attempt,
    write: Write<LogIn>,
) -> Result<(StatusCode, Json<MemberTokens>), Problem> {
    LogIn::answer(&app, Kind::Member, attempt, write).await
}
