//! The sandbox gateway's book of refunds: one row per idempotency key, refusals included, never beyond the capture.

use payment::RefundFailureReason;
use sqlx::{PgConnection, PgPool};

use super::super::GatewayError;
use super::super::payment::{RefundAnswer, RefundRequest};
use super::super::sandbox_books::{key_reused, named, reference, same_money};
use super::captures::Capture;
use super::script::Script;

/// A refund as it was answered.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) answer: Result<RefundAnswer, GatewayError>,
    /// Whether this request is the first with its key.
    pub(super) first: bool,
    /// The script of the capture it comes from, if there is one.
    pub(super) script: Option<Script>,
}

struct Refund {
    capture: String,
    amount_minor: i64,
    currency: String,
    reference: String,
    refused: bool,
}

impl Refund {
    fn answer(&self) -> Result<RefundAnswer, GatewayError> {
        if self.refused {
            return Ok(RefundAnswer::Refused { reason: RefundFailureReason::Refused });
        }
        Ok(RefundAnswer::Refunded { reference: named(&self.reference)? })
    }
}

/// Writes a request and its answer down unless its key is there, and answers what stands there. The capture is locked
/// meanwhile, so that refunds at once can't exceed it together.
pub(super) async fn ask(pool: &PgPool, request: &RefundRequest) -> Result<Asked, GatewayError> {
    let mut tx = pool.begin().await?;
    let capture = lock(&mut tx, request).await?;
    let refunded_minor = refunded(&mut tx, request).await?;
    let refused = !is_due(capture.as_ref(), refunded_minor, request);
    let first = write(&mut tx, request, refused).await?;
    let refund = read(&mut *tx, &request.key).await?.ok_or(GatewayError::Timeout)?;
    tx.commit().await?;
    same_money(refund.amount_minor, &refund.currency, request.amount)?;
    if refund.capture != request.capture.as_str() {
        return Err(key_reused());
    }
    Ok(Asked { answer: refund.answer(), first, script: capture.map(|capture| capture.script()) })
}

/// What was answered to a key.
pub(super) async fn find(pool: &PgPool, key: &str) -> Result<Option<RefundAnswer>, GatewayError> {
    read(pool, key).await?.map(|refund| refund.answer()).transpose()
}

/// Whether the capture gives this much back: booked, in the same currency, and not more than is left.
fn is_due(capture: Option<&Capture>, refunded_minor: i64, request: &RefundRequest) -> bool {
    let asked_minor = request.amount.amount.minor();
    capture.is_some_and(|capture| {
        capture.captured_at.is_some()
            && capture.script() != Script::RefusesRefunds
            && capture.currency == request.amount.currency.code()
            && asked_minor > 0
            && asked_minor <= capture.amount_minor.saturating_sub(refunded_minor)
    })
}

async fn lock(tx: &mut PgConnection, request: &RefundRequest) -> sqlx::Result<Option<Capture>> {
    sqlx::query_as!(
        Capture,
        "SELECT * FROM sandbox_capture WHERE reference = $1 FOR UPDATE",
        request.capture.as_str()
    )
    .fetch_optional(tx)
    .await
}

async fn refunded(tx: &mut PgConnection, request: &RefundRequest) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"SELECT COALESCE(SUM(amount_minor), 0)::bigint AS "refunded!" FROM sandbox_refund
           WHERE capture = $1 AND NOT refused"#,
        request.capture.as_str()
    )
    .fetch_one(tx)
    .await
}

/// `true` when this request wrote the row.
async fn write(tx: &mut PgConnection, request: &RefundRequest, refused: bool) -> sqlx::Result<bool> {
    let written = sqlx::query!(
        "INSERT INTO sandbox_refund (key, capture, amount_minor, currency, reference, refused, asked_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
        request.key,
        request.capture.as_str(),
        request.amount.amount.minor(),
        request.amount.currency.code(),
        reference("refund", &request.key),
        refused,
        request.at
    )
    .execute(tx)
    .await?;
    Ok(written.rows_affected() == 1)
}

async fn read<'e>(books: impl sqlx::PgExecutor<'e>, key: &str) -> Result<Option<Refund>, GatewayError> {
    sqlx::query_as!(
        Refund,
        "SELECT capture, amount_minor, currency, reference, refused FROM sandbox_refund WHERE key = $1",
        key
    )
    .fetch_optional(books)
    .await
    .map_err(GatewayError::from)
}
