//! A session's tokens, as signing in and refreshing answer them.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::service::sessions::Tokens;

/// The tokens of a shopper's session.
#[derive(Debug, Serialize, ToSchema)]
pub struct MemberTokens {
    /// Send it as `Authorization: Bearer <access_token>`.
    access_token: String,
    /// Until when it is good.
    access_expires_at: DateTime<Utc>,
    /// Exchange it for the next pair; it is good once.
    refresh_token: String,
    /// Until when it is good.
    refresh_expires_at: DateTime<Utc>,
}

impl From<Tokens> for MemberTokens {
    fn from(tokens: Tokens) -> Self {
        Self {
            access_token: tokens.access.token,
            access_expires_at: tokens.access.expires_at,
            refresh_token: tokens.refresh,
            refresh_expires_at: tokens.refresh_expires_at,
        }
    }
}
