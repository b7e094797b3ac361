//! What the callers' extractors need to know, and whom they ask. The application answers; nothing is remembered here.

use std::collections::BTreeSet;
use std::sync::Arc;

use async_trait::async_trait;
use axum::http::{HeaderMap, StatusCode};
use eventstore::ReadError;
use kernel::Timestamp;
use kernel::id::{ApiKeyId, MerchantId, OperatorId, SessionId};
use member::operator::Role;
use member::{Holder, SecretHash};
use sagas::Clock;

use crate::credential::{ApiKey, Tokens, api_key};
use crate::http::Problem;

/// Knows keys, sessions and roles as they are now.
#[async_trait]
pub trait Authority: Send + Sync + 'static {
    /// The hash of a merchant's API key, if the key is good.
    async fn merchant_key(
        &self,
        merchant: MerchantId,
        key: ApiKeyId,
    ) -> Result<Option<SecretHash>, ReadError>;

    /// Whether a session is good at an instant.
    async fn session_open(&self, session: SessionId, at: Timestamp) -> Result<bool, ReadError>;

    /// The roles of an operator; none if the account is disabled or absent.
    async fn operator_roles(&self, operator: OperatorId) -> Result<BTreeSet<Role>, ReadError>;
}

/// What stands at the door: `FromRef` gives it to the extractors out of the application's state.
#[derive(Clone)]
pub struct Gate {
    /// Knows keys, sessions and roles.
    pub authority: Arc<dyn Authority>,
    /// Reads access tokens.
    pub tokens: Tokens,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
}

impl std::fmt::Debug for Gate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Gate")
    }
}

impl Gate {
    /// Whom a token names, and in which session; `None` without a token.
    pub(super) async fn identify(
        &self,
        token: Option<&str>,
    ) -> Result<Option<(Holder, Option<SessionId>)>, Problem> {
        match token {
            None => Ok(None),
            Some(key) if key.starts_with(api_key::PREFIX) => self.key(key).await.map(Some),
            Some(token) => self.session(token).await.map(Some),
        }
    }

    /// Whom the request's token names, if it is a good one; for counting requests, not for letting anybody in.
    pub(in crate::http) async fn known(&self, headers: &HeaderMap) -> Option<Holder> {
        let token = super::bearer(headers).ok().flatten()?;
        if token.starts_with(api_key::PREFIX) {
            return self.key(token).await.ok().map(|(holder, _)| holder);
        }
        self.tokens.read(token, self.clock.now()).ok().map(|claims| claims.principal)
    }

    /// The roles an operator holds now.
    pub(super) async fn roles(&self, operator: OperatorId) -> Result<BTreeSet<Role>, Problem> {
        let roles = self.authority.operator_roles(operator).await?;
        if roles.is_empty() {
            let detail = "Your account is disabled. An admin can enable it.";
            return Err(Problem::new(StatusCode::FORBIDDEN, "account_disabled", detail));
        }
        Ok(roles)
    }

    async fn key(&self, text: &str) -> Result<(Holder, Option<SessionId>), Problem> {
        let key = ApiKey::parse(text)?;
        let known = self.authority.merchant_key(key.merchant(), key.key()).await?;
        // Hashes of 256-bit secrets are compared, so how long comparing takes tells nothing.
        if known.is_some() && known == Some(key.hash()?) {
            Ok((Holder::Merchant(key.merchant()), None))
        } else {
            Err(Problem::key_revoked())
        }
    }

    async fn session(&self, token: &str) -> Result<(Holder, Option<SessionId>), Problem> {
        let at = self.clock.now();
        let claims = self.tokens.read(token, at)?;
        if self.authority.session_open(claims.session, at).await? {
            Ok((claims.principal, Some(claims.session)))
        } else {
            Err(Problem::token_expired())
        }
    }
}
