//! `DELETE /storefront/v1/sessions/current`: logging out.

use axum::extract::State;
use member::Session;

use crate::app::App;
use crate::http::{Json, Position, Problem, Shopper, Version, Write, Written};

/// Log out: the session's tokens are good no more.
#[utoipa::path(
    delete,
    path = "/sessions/current",
    security(("access_token" = [])),
    responses((status = 200, body = Written)),
)]
pub async fn log_out_member(
    State(app): State<App>,
    shopper: Shopper,
    write: Write<()>,
) -> Result<(Position, Version, Json<Written>), Problem> {
    let context = write.intent(shopper.actor(), app.clock.now());
    let outcome = app.log_out(&context, shopper.session).await?;
    Ok(Written::reply::<Session>(&shopper.session, shopper.session.0, &outcome))
}
