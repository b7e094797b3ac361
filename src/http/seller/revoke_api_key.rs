//! `DELETE /seller/v1/api-keys/{key}`: ending a key for good.

use axum::extract::State;
use kernel::id::ApiKeyId;
use member::Merchant;

use super::Changed;
use crate::app::App;
use crate::http::{MerchantCaller, Path, Write, Written};

/// Revoke an API key.
#[utoipa::path(
    delete,
    path = "/api-keys/{key}",
    params(("key" = Uuid, Path, description = "The key's id.")),
    responses((status = 200, body = Written)),
)]
pub async fn revoke_api_key(
    State(app): State<App>,
    caller: MerchantCaller,
    Path(key): Path<ApiKeyId>,
    write: Write<()>,
) -> Changed {
    let context = write.intent(caller.actor(), app.clock.now());
    let outcome = app.revoke_api_key(&context, caller.merchant, key).await?;
    Ok(Written::reply::<Merchant>(&caller.merchant, key.0, &outcome))
}
