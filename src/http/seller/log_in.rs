//! `POST /seller/v1/sessions`: logging in.

use axum::extract::State;
use axum::http::StatusCode;
use kernel::Actor;
use serde::Deserialize;
use utoipa::ToSchema;

use super::session::MerchantSession;
use crate::app::App;
use crate::credential::{Address, Password};
use crate::http::{Attempt, Json, Problem, Write};
use crate::service::sessions::Kind;

/// Who logs in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MerchantLogin {
    /// The e-mail address of the application.
    #[schema(value_type = String, format = Email)]
    email: Address,
    /// The password.
    #[schema(value_type = String, format = Password)]
    password: Password,
}

/// Log in. An applicant may, too.
#[utoipa::path(
    post,
    path = "/sessions",
    operation_id = "log_in_merchant",
    security(()),
    request_body = MerchantLogin,
    responses(
        (status = 201, body = MerchantSession),
        (status = 401, description = "`wrong_credentials`"),
        (status = 429, description = "`too_many_attempts`: too many tries have failed"),
    ),
)]
pub async fn log_in(
    State(app): State<App>,
    attempt: Attempt,
    write: Write<MerchantLogin>,
) -> Result<(StatusCode, Json<MerchantSession>), Problem> {
    let guest = app.email_hash(&write.body.email)?;
    let attempt = attempt.at(&guest)?;
    let write = write.of_guest(guest);
    let context = write.intent(Actor::Guest, app.clock.now());
    let MerchantLogin { email, password } = write.body;
    let outcome = app.log_in(&context, Kind::Merchant, &email, password).await;
    let tokens = attempt.came_to(outcome.map_err(Problem::from))?;
    Ok((StatusCode::CREATED, Json(tokens.into())))
}
