//! `PUT /storefront/v1/members/me/password`: another password.

use axum::extract::State;
use member::Member;

use crate::app::App;
use crate::http::password_change::ChangePassword;
use crate::http::{Json, Position, Problem, Shopper, Version, Write, Written};

/// Change my password. Every other session of mine is over.
#[utoipa::path(
    put,
    path = "/members/me/password",
    security(("access_token" = [])),
    request_body = ChangePassword,
    responses(
        (status = 200, body = Written),
        (status = 403, description = "`wrong_password`"),
        (status = 412, description = "`version_mismatch`: the account changed at the same moment"),
    ),
)]
pub async fn change_own_password(
    State(app): State<App>,
    shopper: Shopper,
    write: Write<ChangePassword>,
) -> Result<(Position, Version, Json<Written>), Problem> {
    let context = write.intent(shopper.actor(), app.clock.now());
    let change = write.body.asked_in(Some(shopper.session));
    let outcome = app.change_password::<Member>(&context, &shopper.member, change).await?;
    Ok(Written::reply::<Member>(&shopper.member, shopper.member.0, &outcome))
}
