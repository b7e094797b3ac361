//! `POST /seller/v1/api-keys`: a key for a merchant's own systems.

use axum::extract::State;
use axum::http::StatusCode;
use kernel::Text;
use kernel::id::ApiKeyId;
use member::Merchant;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::http::{Json, MerchantCaller, Position, Problem, Version, Write};

/// The key wanted.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApiKeyWanted {
    /// What you call it, at most 80 characters.
    #[schema(value_type = String, max_length = 80)]
    label: Text<80>,
}

/// A key just issued.
#[derive(Serialize, ToSchema)]
pub struct ApiKeyIssued {
    /// Its id.
    pub id: Uuid,
    /// The whole key, for `Authorization: Bearer`; it can't be shown again later, except to this very request.
    pub key: String,
    /// The position in the log.
    pub position: u64,
}

/// Issue an API key.
#[utoipa::path(
    post,
    path = "/api-keys",
    request_body = ApiKeyWanted,
    responses((status = 201, body = ApiKeyIssued), (status = 409, description = "`api_key_too_many`")),
)]
pub async fn issue_api_key(
    State(app): State<App>,
    caller: MerchantCaller,
    write: Write<ApiKeyWanted>,
) -> Result<(StatusCode, Position, Version, Json<ApiKeyIssued>), Problem> {
    let context = write.intent(caller.actor(), app.clock.now());
    let key = ApiKeyId(write.derive(&caller.actor(), "api_key"));
    let (text, outcome) = app.issue_api_key(&context, caller.merchant, key, write.body.label).await?;
    let issued = ApiKeyIssued { id: key.0, key: text, position: outcome.position.0 };
    let version = Version(outcome.version_of::<Merchant>(&caller.merchant));
    Ok((StatusCode::CREATED, Position(outcome.position), version, Json(issued)))
}
