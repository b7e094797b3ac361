//! What the sandboxes' books have in common: the names they give, and how a failing database looks to their callers.
//! Never here: a rule of one sandbox.

use kernel::{Money, Text};

use super::GatewayError;
use crate::ids;

/// The sandbox's name for what was asked under a key: the same key, the same name.
pub(super) fn reference(kind: &str, key: &str) -> String {
    format!("{kind}_{}", ids::derived(&["sandbox", kind, key]).simple())
}

/// A name that is read back from the books.
pub(super) fn named<const MAX: usize>(reference: &str) -> Result<Text<MAX>, GatewayError> {
    Text::new(reference)
        .map_err(|error| GatewayError::Unavailable(format!("the books hold no such name: {error}")))
}

/// Refuses a key that was used for something else: whoever sends it is mistaken, and no answer would be right.
pub(super) fn same_money(amount_minor: i64, currency: &str, asked: Money) -> Result<(), GatewayError> {
    if amount_minor == asked.amount.minor() && currency == asked.currency.code() {
        Ok(())
    } else {
        Err(key_reused())
    }
}

/// The key was used for something else.
pub(super) fn key_reused() -> GatewayError {
    GatewayError::Unavailable("the idempotency key was used for another request".to_owned())
}

/// A failure of the books' database. Only where it surely wrote nothing may the caller read "unavailable".
impl From<sqlx::Error> for GatewayError {
    fn from(error: sqlx::Error) -> Self {
        let wrote_nothing =
            matches!(error, sqlx::Error::Database(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed);
        if wrote_nothing {
            return Self::Unavailable(format!("the sandbox's books: {error}"));
        }
        tracing::debug!(%error, "the sandbox's books gave no answer");
        Self::Timeout
    }
}
