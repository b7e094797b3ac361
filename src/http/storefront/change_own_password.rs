//! `PUT /storefront/v1/members/me/password`: another password.

use axum::extract::State;
use member::Member;

use crate::app::App;
use crate::http::password_change::ChangePassword;
use crate::http::{Attempt, Json, Position, Problem, Shopper, Version, Write, Written};

/// Change my password. Every other session of mine is over.
#[utoipa::path(
    put,
    path = "/members/me/password",
    security(("access_token" = [])),
    request_body = ChangePassword,
    responses(
        (status = 200, body = Written),
        (status = 403, description = "`wrong_password`"),
        (status = 429, description = "`too_many_attempts`: too many tries have failed"),
        (status = 412, description = "`version_mismatch`: the account changed at the same moment"),
    ),
)]
pub async fn change_own_password(
    State(app): State<App>,
    shopper: Shopper,
    attempt: Attempt,
    write: Write<ChangePassword>,
) -> Result<(Position, Version, Json<Written>), Problem> {
    let context = write.intent(shopper.actor(), app.clock.now());
    let change = write.body.asked_in(Some(shopper.session));
    let attempt = attempt.at(shopper.member)?;
    let outcome = attempt.came_to(
        app.change_password::<Member>(&context, &shopper.member, change).await.map_err(Problem::from),
    )?;
    Ok(Written::reply::<Member>(&shopper.member, shopper.member.0, &outcome))
}
