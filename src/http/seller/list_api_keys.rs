//! `GET /seller/v1/api-keys`: the keys that are good. Never the keys themselves.

use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::http::{Json, MerchantCaller, Problem};

/// The API keys that are good: at most 20.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnApiKeys {
    /// By id.
    pub items: Vec<OwnApiKey>,
}

/// An API key.
#[derive(Debug, Serialize, ToSchema)]
pub struct OwnApiKey {
    /// Its id.
    pub id: Uuid,
    /// What you call it.
    pub label: String,
}

/// List your API keys.
#[utoipa::path(get, path = "/api-keys", responses((status = 200, body = OwnApiKeys)))]
pub async fn list_api_keys(
    State(app): State<App>,
    caller: MerchantCaller,
) -> Result<Json<OwnApiKeys>, Problem> {
    let keys = app.api_keys(caller.merchant).await?;
    let items = keys.into_iter().map(|(key, label)| OwnApiKey { id: key.0, label: label.into() });
    Ok(Json(OwnApiKeys { items: items.collect() }))
}
