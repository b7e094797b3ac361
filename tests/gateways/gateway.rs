//! What tests say to the sandbox gateway, and what its books hold.

use std::time::Duration;

use jangteo::gateways::GatewayError;
use jangteo::gateways::payment::{
    CaptureAnswer, CaptureRequest, PaymentGateway, RefundAnswer, RefundRequest,
};
use jangteo::gateways::sandbox_payment::{SandboxGateway, Settings};
use kernel::id::{PaymentId, RefundId};
use kernel::{Amount, Currency, Timestamp};
use payment::value::GatewayReference;
use sqlx::PgPool;
use uuid::Uuid;

/// How long a `late` capture takes in tests.
pub(crate) const LATE_AFTER: Duration = Duration::from_millis(50);
/// How long a test looks for what happens in the background.
const LONG: Duration = Duration::from_secs(30);

pub(crate) fn at(seconds: i64) -> Timestamp {
    chrono::DateTime::from_timestamp(1_700_000_000 + seconds, 0).unwrap()
}

pub(crate) fn payment() -> PaymentId {
    PaymentId(Uuid::from_u128(42))
}

/// A gateway that tells nobody.
pub(crate) fn silent(pool: &PgPool) -> SandboxGateway {
    SandboxGateway::new(pool.clone(), Settings { late_after: LATE_AFTER, webhooks: None })
}

pub(crate) fn capture(key: &str, instrument: &str) -> CaptureRequest {
    CaptureRequest {
        key: key.to_owned(),
        payment: payment(),
        amount: Amount::from_minor(10_000).of(Currency::Krw),
        tenders: Vec::new(),
        instrument: instrument.to_owned(),
        return_url: None,
        at: at(0),
    }
}

pub(crate) fn refund(key: &str, capture: &GatewayReference, minor: i64) -> RefundRequest {
    RefundRequest {
        key: key.to_owned(),
        payment: payment(),
        refund: RefundId(Uuid::from_u128(43)),
        capture: capture.clone(),
        amount: Amount::from_minor(minor).of(Currency::Krw),
        at: at(60),
    }
}

pub(crate) fn reference(answer: Result<CaptureAnswer, GatewayError>) -> GatewayReference {
    match answer {
        Ok(CaptureAnswer::Captured { reference, .. }) => reference,
        other => panic!("not captured: {other:?}"),
    }
}

pub(crate) fn is_refunded(answer: &Result<RefundAnswer, GatewayError>) -> bool {
    matches!(answer, Ok(RefundAnswer::Refunded { .. }))
}

/// How many captures are booked.
pub(crate) async fn booked(pool: &PgPool) -> i64 {
    count(pool, "SELECT count(*) FROM sandbox_capture WHERE captured_at IS NOT NULL").await
}

pub(crate) async fn count(pool: &PgPool, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(pool).await.unwrap()
}

/// Waits for a look-up to find a capture's end.
pub(crate) async fn found(gateway: &SandboxGateway, key: &str) -> CaptureAnswer {
    let look = async {
        loop {
            if let Some(answer) = gateway.find_capture(key).await.unwrap() {
                return answer;
            }
        }
    };
    tokio::time::timeout(LONG, look).await.unwrap_or_else(|_| panic!("{key} is not found"))
}

/// Waits until a count is as expected.
pub(crate) async fn until(pool: &PgPool, sql: &'static str, expected: i64) {
    let look = async { while count(pool, sql).await != expected {} };
    tokio::time::timeout(LONG, look).await.unwrap_or_else(|_| panic!("never {expected}: {sql}"));
}
