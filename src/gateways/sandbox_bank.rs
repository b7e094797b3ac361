//! The sandbox bank: pays nobody, and says so as the account asks for it.
//!
//! | account begins with | a payout |
//! |---|---|
//! | `000` | is refused: `account_not_found` |
//! | `999` | is refused twice: `bank_unavailable`; from the third key for this account and amount on it is paid |
//! | `timeout` | is paid, then times out |
//! | anything else | is paid |
//!
//! The same key gets the same answer and is paid once, through any number of processes: the books are in PostgreSQL.
//! They keep no account but the `999` ones, which are nobody's. Never here: a clock.

use async_trait::async_trait;
use settlement::value::PayoutFailure;
use sqlx::PgPool;

use super::GatewayError;
use super::bank::{Bank, PayAnswer, PayRequest};
use super::sandbox_books::{named, reference, same_money};

/// How many tries of one payout a flaky account refuses.
const FLAKY_TRIES: i64 = 2;

/// The bank of an installation without one.
#[derive(Debug, Clone)]
pub struct SandboxBank {
    pool: PgPool,
}

struct Payout {
    amount_minor: i64,
    currency: String,
    reference: String,
    failure: Option<String>,
}

impl Payout {
    fn answer(&self) -> Result<PayAnswer, GatewayError> {
        let Some(failure) = &self.failure else {
            return Ok(PayAnswer::Paid { reference: named(&self.reference)? });
        };
        match serde_json::from_value(failure.as_str().into()) {
            Ok(reason) => Ok(PayAnswer::Refused { reason }),
            Err(error) => Err(GatewayError::Unavailable(format!("the books hold no such reason: {error}"))),
        }
    }
}

impl SandboxBank {
    /// A bank over the books in this database.
    pub const fn new(pool: PgPool) -> Self {
        Self { pool }
    }

    async fn read(&self, key: &str) -> Result<Option<Payout>, GatewayError> {
        sqlx::query_as!(
            Payout,
            "SELECT amount_minor, currency, reference, failure FROM sandbox_payout WHERE key = $1",
            key
        )
        .fetch_optional(&self.pool)
        .await
        .map_err(GatewayError::from)
    }

    /// Writes a request and its answer down; `false` when its key is there already.
    async fn write(&self, request: &PayRequest) -> Result<bool, GatewayError> {
        let flaky = request.account.starts_with("999").then_some(request.account.as_str());
        let written = sqlx::query!(
            "INSERT INTO sandbox_payout (key, amount_minor, currency, reference, asked_at, flaky_account, failure)
             VALUES ($1, $2, $3, $4, $5, $6, CASE WHEN $6::text IS NULL THEN $7 WHEN $8 > (
                 SELECT count(*) FROM sandbox_payout WHERE flaky_account = $6 AND amount_minor = $2 AND currency = $3
             ) THEN 'bank_unavailable' END) ON CONFLICT DO NOTHING",
            request.key,
            request.amount.amount.minor(),
            request.amount.currency.code(),
            reference("payout", &request.key),
            request.at,
            flaky,
            refusal(request).and_then(code),
            FLAKY_TRIES
        )
        .execute(&self.pool)
        .await?;
        Ok(written.rows_affected() == 1)
    }
}

#[async_trait]
impl Bank for SandboxBank {
    async fn pay(&self, request: &PayRequest) -> Result<PayAnswer, GatewayError> {
        let first = self.write(request).await?;
        let payout = self.read(&request.key).await?.ok_or(GatewayError::Timeout)?;
        same_money(payout.amount_minor, &payout.currency, request.amount)?;
        if first && request.account.starts_with("timeout") {
            return Err(GatewayError::Timeout);
        }
        payout.answer()
    }

    async fn find(&self, key: &str) -> Result<Option<PayAnswer>, GatewayError> {
        self.read(key).await?.map(|payout| payout.answer()).transpose()
    }
}

/// Why a request is refused whatever was tried before.
fn refusal(request: &PayRequest) -> Option<PayoutFailure> {
    if request.amount.amount.minor() <= 0 {
        Some(PayoutFailure::Refused)
    } else if request.account.starts_with("000") {
        Some(PayoutFailure::AccountNotFound)
    } else {
        None
    }
}

/// The reason's name as the books hold it.
fn code(reason: PayoutFailure) -> Option<String> {
    serde_json::to_value(reason).ok()?.as_str().map(str::to_owned)
}
