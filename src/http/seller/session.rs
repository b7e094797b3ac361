//! A merchant's session as it is shown: an access token for some minutes and a refresh token for the next ones.

use chrono::{DateTime, Utc};
use member::Holder;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::service::sessions::Tokens;

/// A merchant's session.
#[derive(Serialize, ToSchema)]
pub struct MerchantSession {
    /// The merchant.
    pub merchant: Uuid,
    /// For `Authorization: Bearer`.
    pub access_token: String,
    /// Until when the access token is good.
    pub access_expires_at: DateTime<Utc>,
    /// Good once, for the next tokens; used twice, it ends the session.
    pub refresh_token: String,
    /// Until when the refresh token is good.
    pub refresh_expires_at: DateTime<Utc>,
}

impl From<Tokens> for MerchantSession {
    fn from(tokens: Tokens) -> Self {
        let merchant = match tokens.principal {
            Holder::Merchant(merchant) => merchant.0,
            Holder::Member(member) => member.0,
            Holder::Operator(operator) => operator.0,
        };
        Self {
            merchant,
            access_token: tokens.access.token,
            access_expires_at: tokens.access.expires_at,
            refresh_token: tokens.refresh,
            refresh_expires_at: tokens.refresh_expires_at,
        }
    }
}
