//! `PUT /seller/v1/merchant/password`: another password.

use axum::extract::State;
use member::Merchant;

use super::Changed;
use crate::app::App;
use crate::http::password_change::ChangePassword;
use crate::http::{Attempt, MerchantCaller, Problem, Write, Written};

/// Change your password. Every other session is over; API keys stay good.
#[utoipa::path(
    put,
    path = "/merchant/password",
    operation_id = "change_merchant_password",
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
    caller: MerchantCaller,
    attempt: Attempt,
    write: Write<ChangePassword>,
) -> Changed {
    let context = write.intent(caller.actor(), app.clock.now());
    let change = write.body.asked_in(caller.session);
    let attempt = attempt.at(caller.merchant)?;
    let outcome = attempt.came_to(
        app.change_password::<Merchant>(&context, &caller.merchant, change).await.map_err(Problem::from),
    )?;
    Ok(Written::reply::<Merchant>(&caller.merchant, caller.merchant.0, &outcome))
}
