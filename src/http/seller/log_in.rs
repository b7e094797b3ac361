//! `POST /seller/v1/sessions`: logging in.

use axum::extract::State;
use axum::http::StatusCode;

use super::session::MerchantSession;
use crate::app::App;
use crate::http::log_in::LogIn;
use crate::http::{Attempt, Json, Problem, Write};
use crate::service::sessions::Kind;

/// Log in. An applicant may, too.
#[utoipa::path(
    post,
    path = "/sessions",
    operation_id = "log_in_merchant",
    security(()),
    request_body = LogIn,
    responses(
        (status = 201, body = MerchantSession),
        (status = 401, description = "`wrong_credentials`"),
        (status = 429, description = "`too_many_attempts`: too many tries have failed"),
    ),
)]
pub async fn log_in(
    State(app): State<App>,
    attempt: Attempt,
    write: Write<LogIn>,
) -> Result<(StatusCode, Json<MerchantSession>), Problem> {
    LogIn::answer(&app, Kind::Merchant, attempt, write).await
}
