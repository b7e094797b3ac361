//! The sandbox gateway's book of captures: one row per idempotency key, written once and booked once. Never here: what
//! an instrument makes the gateway do.

use kernel::id::PaymentId;
use kernel::{Amount, Currency, Timestamp};
use payment::DeclineReason;
use payment::value::GatewayReference;
use sqlx::PgPool;
use uuid::Uuid;

use super::super::GatewayError;
use super::super::payment::{Authentication, CaptureAnswer, CaptureRequest};
use super::super::sandbox_books::{key_reused, named, reference, same_money};
use super::super::webhook::CaptureBooked;
use super::clerk::Clerk;
use super::script::Script;

/// Most captures that one start takes up.
const MOST_TAKEN_UP: i64 = 10_000;

/// A row of the book.
#[derive(Debug, Clone)]
pub(super) struct Capture {
    pub(super) key: String,
    pub(super) payment: Uuid,
    pub(super) instrument: String,
    pub(super) amount_minor: i64,
    pub(super) currency: String,
    pub(super) reference: String,
    pub(super) asked_at: Timestamp,
    pub(super) captured_at: Option<Timestamp>,
    pub(super) notices_owed: i16,
    /// Whether nothing is taken by it any more: not authenticated, or given up.
    pub(super) refused: bool,
}

impl Capture {
    pub(super) fn script(&self) -> Script {
        Script::of(&self.instrument)
    }

    pub(super) fn reference(&self) -> Result<GatewayReference, GatewayError> {
        named(&self.reference)
    }

    /// What is known of it; `None` while nothing is.
    pub(super) fn answer(&self) -> Result<Option<CaptureAnswer>, GatewayError> {
        if let Some(captured_at) = self.captured_at {
            return Ok(Some(CaptureAnswer::Captured { reference: self.reference()?, captured_at }));
        }
        if self.refused {
            return Ok(Some(CaptureAnswer::Declined { reason: DeclineReason::AuthenticationFailed }));
        }
        Ok(match self.script() {
            Script::AwaitsAuthentication => {
                Some(CaptureAnswer::AuthenticationRequired { by: Authentication::Page { url: self.page() } })
            }
            Script::Declines(reason) => Some(CaptureAnswer::Declined { reason }),
            Script::AwaitsDeposit => Some(CaptureAnswer::AwaitingDeposit { account: self.account() }),
            Script::Books
            | Script::TimesOutBefore
            | Script::TimesOutAfter
            | Script::Late
            | Script::TellsTwice
            | Script::RefusesRefunds
            | Script::RefundTimesOutAfter => None,
        })
    }

    /// What a webhook says of it; `None` while nothing is booked.
    pub(super) fn booked(&self) -> Result<Option<CaptureBooked>, GatewayError> {
        let Some(captured_at) = self.captured_at else { return Ok(None) };
        let currency: Currency = self.currency.parse().map_err(|error| {
            GatewayError::Unavailable(format!("the books hold an unknown currency: {error}"))
        })?;
        Ok(Some(CaptureBooked {
            key: self.key.clone(),
            payment: PaymentId(self.payment),
            reference: self.reference()?,
            amount: Amount::from_minor(self.amount_minor),
            currency,
            captured_at,
        }))
    }

    /// Where the shopper would show that it is them.
    fn page(&self) -> String {
        format!("https://sandbox.invalid/authentications/{}", self.reference)
    }

    /// The account opened for it: as many digits as a bank account has, always the same ones.
    fn account(&self) -> String {
        let digits = crate::ids::derived(&["sandbox", "account", &self.key]).as_u128() % 1_000_000_000_000;
        format!("Sandbox Bank {digits:012}")
    }
}

/// A row that is to be written.
#[derive(Debug, Clone)]
pub(super) struct NewCapture {
    pub(super) key: String,
    payment: Uuid,
    instrument: String,
    amount_minor: i64,
    currency: &'static str,
    reference: String,
    asked_at: Timestamp,
    books_at_once: bool,
    notices_owed: i16,
}

impl NewCapture {
    fn of(request: &CaptureRequest, notices: i16) -> Self {
        let books_at_once = Script::of(&request.instrument).books_at_once();
        Self {
            key: request.key.clone(),
            payment: request.payment.0,
            instrument: request.instrument.clone(),
            amount_minor: request.amount.amount.minor(),
            currency: request.amount.currency.code(),
            reference: reference("capture", &request.key),
            asked_at: request.at,
            books_at_once,
            notices_owed: if books_at_once { notices } else { 0 },
        }
    }
}

/// Writes a request down unless its key is there, and reads what stands there: `true` when this request wrote it.
pub(super) async fn ask(
    pool: &PgPool,
    clerk: &Clerk,
    request: &CaptureRequest,
    notices: i16,
) -> Result<(Capture, bool), GatewayError> {
    let written = clerk.write(NewCapture::of(request, notices)).await?;
    let is_new = written.is_some();
    let capture = match written {
        Some(capture) => capture,
        None => find(pool, &request.key).await?.ok_or(GatewayError::Timeout)?,
    };
    same_money(capture.amount_minor, &capture.currency, request.amount)?;
    if capture.payment != request.payment.0 {
        return Err(key_reused());
    }
    Ok((capture, is_new))
}

/// Writes those whose keys are not there yet, one for each key, and returns them.
pub(super) async fn write(pool: &PgPool, captures: &[&NewCapture]) -> sqlx::Result<Vec<Capture>> {
    let column = |text: fn(&NewCapture) -> &str| -> Vec<String> {
        captures.iter().map(|capture| text(capture).to_owned()).collect()
    };
    let (payments, amounts): (Vec<Uuid>, Vec<i64>) =
        captures.iter().map(|capture| (capture.payment, capture.amount_minor)).unzip();
    let (instants, booked): (Vec<Timestamp>, Vec<bool>) =
        captures.iter().map(|capture| (capture.asked_at, capture.books_at_once)).unzip();
    let owed: Vec<i16> = captures.iter().map(|capture| capture.notices_owed).collect();
    sqlx::query_as!(
        Capture,
        "INSERT INTO sandbox_capture
           (key, payment, instrument, amount_minor, currency, reference, asked_at, captured_at, notices_owed)
         SELECT key, payment, instrument, amount_minor, currency, reference, asked_at,
                CASE WHEN books_at_once THEN asked_at END, notices_owed
         FROM UNNEST($1::text[], $2::uuid[], $3::text[], $4::bigint[], $5::text[], $6::text[], $7::timestamptz[],
                     $8::boolean[], $9::smallint[])
           AS new (key, payment, instrument, amount_minor, currency, reference, asked_at, books_at_once, notices_owed)
         ON CONFLICT DO NOTHING RETURNING *",
        &column(|capture| &capture.key),
        &payments,
        &column(|capture| &capture.instrument),
        &amounts,
        &column(|capture| capture.currency),
        &column(|capture| &capture.reference),
        &instants,
        &booked,
        &owed
    )
    .fetch_all(pool)
    .await
}

/// Books what isn't booked; `None` when it is, or isn't there.
pub(super) async fn book(
    pool: &PgPool,
    key: &str,
    at: Timestamp,
    notices: i16,
) -> Result<Option<Capture>, GatewayError> {
    sqlx::query_as!(
        Capture,
        "UPDATE sandbox_capture SET captured_at = $2, notices_owed = $3
         WHERE key = $1 AND captured_at IS NULL AND NOT refused RETURNING *",
        key,
        at,
        notices
    )
    .fetch_optional(pool)
    .await
    .map_err(GatewayError::from)
}

/// The capture of a key.
pub(super) async fn find(pool: &PgPool, key: &str) -> Result<Option<Capture>, GatewayError> {
    sqlx::query_as!(Capture, "SELECT * FROM sandbox_capture WHERE key = $1", key)
        .fetch_optional(pool)
        .await
        .map_err(GatewayError::from)
}

/// The oldest capture of a payment by such an instrument that still waits for its shopper.
pub(super) async fn awaiting(
    pool: &PgPool,
    payment: PaymentId,
    instrument: &str,
) -> Result<Option<Capture>, GatewayError> {
    sqlx::query_as!(
        Capture,
        "SELECT * FROM sandbox_capture
         WHERE payment = $1 AND instrument = $2 AND instrument IN ('virtual_account', 'authentication')
           AND captured_at IS NULL AND NOT refused
         ORDER BY asked_at, key LIMIT 1",
        payment.0,
        instrument
    )
    .fetch_optional(pool)
    .await
    .map_err(GatewayError::from)
}

/// The capture of a payment that was deposited last.
pub(super) async fn deposited(pool: &PgPool, payment: PaymentId) -> Result<Option<Capture>, GatewayError> {
    sqlx::query_as!(
        Capture,
        "SELECT * FROM sandbox_capture
         WHERE payment = $1 AND instrument = 'virtual_account' AND captured_at IS NOT NULL
         ORDER BY captured_at DESC, key LIMIT 1",
        payment.0
    )
    .fetch_optional(pool)
    .await
    .map_err(GatewayError::from)
}

/// The capture of a payment on which the shopper's word was heard last.
pub(super) async fn authenticated(
    pool: &PgPool,
    payment: PaymentId,
) -> Result<Option<Capture>, GatewayError> {
    sqlx::query_as!(
        Capture,
        "SELECT * FROM sandbox_capture
         WHERE payment = $1 AND instrument = 'authentication' AND (captured_at IS NOT NULL OR refused)
         ORDER BY asked_at DESC, key LIMIT 1",
        payment.0
    )
    .fetch_optional(pool)
    .await
    .map_err(GatewayError::from)
}

/// Takes nothing any more by a capture that waits for the shopper; to no effect on any other.
pub(super) async fn refuse(pool: &PgPool, key: &str) -> Result<(), GatewayError> {
    sqlx::query!(
        "UPDATE sandbox_capture SET refused = true
         WHERE key = $1 AND instrument = 'authentication' AND captured_at IS NULL",
        key
    )
    .execute(pool)
    .await?;
    Ok(())
}

/// Late captures that are not yet booked.
pub(super) async fn late(pool: &PgPool) -> Result<Vec<Capture>, GatewayError> {
    sqlx::query_as!(
        Capture,
        "SELECT * FROM sandbox_capture WHERE captured_at IS NULL AND instrument = 'late' ORDER BY asked_at LIMIT $1",
        MOST_TAKEN_UP
    )
    .fetch_all(pool)
    .await
    .map_err(GatewayError::from)
}

/// Captures whose webhooks have not all arrived.
pub(super) async fn owing(pool: &PgPool) -> Result<Vec<Capture>, GatewayError> {
    sqlx::query_as!(
        Capture,
        "SELECT * FROM sandbox_capture WHERE notices_owed > 0 ORDER BY captured_at LIMIT $1",
        MOST_TAKEN_UP
    )
    .fetch_all(pool)
    .await
    .map_err(GatewayError::from)
}

/// Notes that a webhook arrived.
pub(super) async fn note_arrival(pool: &PgPool, key: &str) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "UPDATE sandbox_capture SET notices_owed = notices_owed - 1 WHERE key = $1 AND notices_owed > 0",
        key
    )
    .execute(pool)
    .await?;
    Ok(())
}
