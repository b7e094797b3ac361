//! Which intent belongs to which of our keys: written down before the intent can take any money, so that there is always a
//! name to ask for. Never here: how an intent stands.

use sqlx::PgPool;

use super::super::GatewayError;

/// The names of intents.
#[derive(Debug, Clone)]
pub(super) struct Books {
    pool: PgPool,
}

impl Books {
    pub(super) const fn new(pool: PgPool) -> Self {
        Self { pool }
    }

    /// Remembers an intent under a key, and says which one counts: of several opened at once the first, the others are
    /// never confirmed.
    pub(super) async fn remember(&self, key: &str, intent: &str) -> Result<String, GatewayError> {
        sqlx::query!(
            "INSERT INTO stripe_intent (key, intent) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            key,
            intent
        )
        .execute(&self.pool)
        .await
        .map_err(|error| away(&error))?;
        let counts = self.find(key).await?;
        counts.ok_or_else(|| GatewayError::Unavailable("an intent was not remembered".to_owned()))
    }

    /// The intent of a key; none where none was ever opened.
    pub(super) async fn find(&self, key: &str) -> Result<Option<String>, GatewayError> {
        sqlx::query_scalar!("SELECT intent FROM stripe_intent WHERE key = $1", key)
            .fetch_optional(&self.pool)
            .await
            .map_err(|error| away(&error))
    }
}

/// While the books can't be read or written, Stripe is asked for nothing.
fn away(error: &sqlx::Error) -> GatewayError {
    GatewayError::Unavailable(format!("the names of Stripe's intents: {error}"))
}
