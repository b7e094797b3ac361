//! `POST /admin/v1/sessions/refresh`: the next tokens for a refresh token.

use axum::extract::State;
use kernel::Actor;
use serde::Deserialize;
use utoipa::ToSchema;

use super::session::OperatorSession;
use crate::app::App;
use crate::credential::Refresh;
use crate::http::{Json, Problem, Write};
use crate::service::sessions::Kind;

/// Which session goes on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefreshOperatorSession {
    /// The refresh token had last. One that was used before ends the session.
    refresh_token: String,
}

/// Refresh a session.
#[utoipa::path(
    post,
    path = "/sessions/refresh",
    security(()),
    request_body = RefreshOperatorSession,
    responses((status = 200, body = OperatorSession), (status = 401, description = "`session_over`")),
)]
pub async fn refresh_session(
    State(app): State<App>,
    write: Write<RefreshOperatorSession>,
) -> Result<Json<OperatorSession>, Problem> {
    let presented = Refresh::parse(&write.body.refresh_token)?;
    let context = write.of_guest(presented.session()).intent(Actor::Guest, app.clock.now());
    let tokens = app.refresh_as(&context, Kind::Operator, &presented).await?;
    Ok(Json(tokens.into()))
}
