//! `POST /seller/v1/sessions/refresh`: the next tokens of a session.

use axum::extract::State;
use kernel::Actor;
use serde::Deserialize;
use utoipa::ToSchema;

use super::session::MerchantSession;
use crate::app::App;
use crate::credential::Refresh;
use crate::http::{Json, Problem, Write};
use crate::service::sessions::Kind;

/// The token to change.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MerchantRefresh {
    /// The session's current refresh token.
    refresh_token: String,
}

/// Change a refresh token for the next tokens.
#[utoipa::path(
    post,
    path = "/sessions/refresh",
    operation_id = "refresh_merchant_session",
    security(()),
    request_body = MerchantRefresh,
    responses((status = 200, body = MerchantSession), (status = 401, description = "`session_over`")),
)]
pub async fn refresh_session(
    State(app): State<App>,
    write: Write<MerchantRefresh>,
) -> Result<Json<MerchantSession>, Problem> {
    let presented = Refresh::parse(&write.body.refresh_token)?;
    let context = write.of_guest(presented.session()).intent(Actor::Guest, app.clock.now());
    Ok(Json(app.refresh_as(&context, Kind::Merchant, &presented).await?.into()))
}
