//! What an operator gets by signing in.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::service::sessions::Tokens;

/// An operator's session.
#[derive(Debug, Serialize, ToSchema)]
pub struct OperatorSession {
    /// What to send as `Authorization: Bearer <token>`.
    access_token: String,
    /// Until when it is good.
    access_expires_at: DateTime<Utc>,
    /// What the session is refreshed with, once: the answer brings the next one.
    refresh_token: String,
    /// Until when that is good.
    refresh_expires_at: DateTime<Utc>,
}

impl From<Tokens> for OperatorSession {
    fn from(tokens: Tokens) -> Self {
        Self {
            access_token: tokens.access.token,
            access_expires_at: tokens.access.expires_at,
            refresh_token: tokens.refresh,
            refresh_expires_at: tokens.refresh_expires_at,
        }
    }
}
