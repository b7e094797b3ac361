//! `DELETE /seller/v1/sessions/current`: logging out.

use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::http::{MerchantCaller, Problem, Write};

/// Log out. An API key has no session to end.
#[utoipa::path(
    delete,
    path = "/sessions/current",
    operation_id = "log_out_merchant",
    responses((status = 204, description = "The session has ended.")),
)]
pub async fn log_out(
    State(app): State<App>,
    caller: MerchantCaller,
    write: Write<()>,
) -> Result<StatusCode, Problem> {
    let session = caller.session.ok_or_else(Problem::not_found)?;
    app.log_out(&write.intent(caller.actor(), app.clock.now()), session).await?;
    Ok(StatusCode::NO_CONTENT)
}
