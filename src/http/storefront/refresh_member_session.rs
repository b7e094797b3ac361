//! `POST /storefront/v1/sessions/refresh`: the refresh token for the next pair.

use axum::extract::State;
use kernel::Actor;
use serde::Deserialize;
use utoipa::ToSchema;

use super::member_tokens::MemberTokens;
use crate::app::App;
use crate::credential::Refresh;
use crate::http::{Json, Problem, Write};
use crate::service::sessions::Kind;

/// A session that goes on.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RefreshMemberSession {
    /// The newest refresh token. One that was used before ends the session.
    refresh_token: String,
}

/// Refresh a session.
#[utoipa::path(
    post,
    path = "/sessions/refresh",
    security(()),
    request_body = RefreshMemberSession,
    responses((status = 200, body = MemberTokens), (status = 401, description = "`session_over`")),
)]
pub async fn refresh_member_session(
    State(app): State<App>,
    write: Write<RefreshMemberSession>,
) -> Result<Json<MemberTokens>, Problem> {
    let presented = Refresh::parse(&write.body.refresh_token)?;
    let context = write.of_guest(presented.session()).intent(Actor::Guest, app.clock.now());
    Ok(Json(app.refresh_as(&context, Kind::Member, &presented).await?.into()))
}
