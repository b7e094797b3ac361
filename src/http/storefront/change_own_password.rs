//! `PUT /storefront/v1/members/me/password`: another password.

use axum::extract::State;
use member::Member;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::credential::Password;
use crate::http::{Json, Position, Problem, Shopper, Version, Write, Written};

/// Another password.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeOwnPassword {
    /// The password in force.
    #[schema(value_type = String, format = Password)]
    current_password: Password,
    /// The next one: 8 to 128 characters.
    #[schema(value_type = String, format = Password)]
    password: Password,
}

/// Change my password.
#[utoipa::path(
    put,
    path = "/members/me/password",
    security(("access_token" = [])),
    request_body = ChangeOwnPassword,
    responses((status = 200, body = Written), (status = 403, description = "`wrong_password`")),
)]
pub async fn change_own_password(
    State(app): State<App>,
    shopper: Shopper,
    write: Write<ChangeOwnPassword>,
) -> Result<(Position, Version, Json<Written>), Problem> {
    let context = write.intent(shopper.actor(), app.clock.now());
    let ChangeOwnPassword { current_password, password } = write.body;
    let outcome = app.change_password(&context, shopper.member, current_password, password).await?;
    Ok(Written::reply::<Member>(&shopper.member, shopper.member.0, &outcome))
}
