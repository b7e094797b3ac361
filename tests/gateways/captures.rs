//! Captures: every instrument, and the same key again.

use std::time::Duration;

use futures::future::join_all;
use jangteo::gateways::GatewayError;
use jangteo::gateways::payment::{CaptureAnswer, PaymentGateway};
use jangteo::gateways::sandbox_payment::{SandboxGateway, Settings};
use kernel::Amount;
use kernel::id::PaymentId;
use payment::DeclineReason;
use uuid::Uuid;

use crate::database::Database;
use crate::gateway::{LATE_AFTER, at, booked, capture, found, payment, reference, silent};

const TIMEOUT: Result<CaptureAnswer, GatewayError> = Err(GatewayError::Timeout);

#[tokio::test]
async fn an_ok_capture_is_booked_at_once_and_can_be_looked_up_at_another_process() {
    let database = Database::fresh().await;
    let answer = silent(&database.pool).capture(&capture("a", "ok")).await.unwrap();
    assert!(matches!(answer, CaptureAnswer::Captured { captured_at, .. } if captured_at == at(0)));
    let another = silent(&database.pool);
    assert_eq!(another.find_capture("a").await, Ok(Some(answer.clone())));
    assert_eq!(another.find_capture("b").await, Ok(None));
    assert_eq!(another.capture(&capture("a", "ok")).await, Ok(answer));
    database.drop().await;
}

#[tokio::test]
async fn a_decline_names_its_reason_each_time() {
    let database = Database::fresh().await;
    let gateway = silent(&database.pool);
    for (instrument, reason) in [
        ("decline_insufficient_funds", DeclineReason::InsufficientFunds),
        ("decline_expired_card", DeclineReason::CardExpired),
        ("what is this", DeclineReason::CardRefused),
    ] {
        let declined = CaptureAnswer::Declined { reason };
        assert_eq!(gateway.capture(&capture(instrument, instrument)).await, Ok(declined.clone()));
        assert_eq!(gateway.capture(&capture(instrument, instrument)).await, Ok(declined.clone()));
        assert_eq!(gateway.find_capture(instrument).await, Ok(Some(declined)));
    }
    assert_eq!(booked(&database.pool).await, 0);
    database.drop().await;
}

#[tokio::test]
async fn a_timeout_before_books_nothing_until_it_is_asked_again() {
    let database = Database::fresh().await;
    let gateway = silent(&database.pool);
    let mut request = capture("a", "timeout_before");
    assert_eq!(gateway.capture(&request).await, TIMEOUT);
    assert_eq!(gateway.find_capture("a").await, Ok(None));
    request.at = at(9);
    let answer = gateway.capture(&request).await.unwrap();
    assert!(matches!(answer, CaptureAnswer::Captured { captured_at, .. } if captured_at == at(9)));
    request.at = at(20);
    assert_eq!(gateway.capture(&request).await, Ok(answer));
    database.drop().await;
}

#[tokio::test]
async fn a_timeout_after_is_in_the_books() {
    let database = Database::fresh().await;
    let gateway = silent(&database.pool);
    assert_eq!(gateway.capture(&capture("a", "timeout_after")).await, TIMEOUT);
    let found = gateway.find_capture("a").await.unwrap().unwrap();
    assert!(matches!(found, CaptureAnswer::Captured { .. }));
    assert_eq!(gateway.capture(&capture("a", "timeout_after")).await, Ok(found));
    database.drop().await;
}

#[tokio::test]
async fn a_late_capture_is_booked_by_itself() {
    let database = Database::fresh().await;
    let gateway = silent(&database.pool);
    assert_eq!(gateway.capture(&capture("a", "late")).await, TIMEOUT);
    let answer = found(&gateway, "a").await;
    let due = at(0) + LATE_AFTER;
    assert!(matches!(answer, CaptureAnswer::Captured { captured_at, .. } if captured_at == due));
    assert_eq!(gateway.capture(&capture("a", "late")).await, Ok(answer));
    database.drop().await;
}

#[tokio::test]
async fn a_late_capture_outlives_the_process_that_took_it() {
    let database = Database::fresh().await;
    let never = Settings { late_after: Duration::from_hours(24), webhooks: None };
    let ended = SandboxGateway::new(database.pool.clone(), never);
    assert_eq!(ended.capture(&capture("a", "late")).await, TIMEOUT);
    assert_eq!(ended.capture(&capture("a", "late")).await, TIMEOUT);
    assert_eq!(ended.find_capture("a").await, Ok(None));
    silent(&database.pool).resume().await.unwrap();
    assert!(matches!(ended.find_capture("a").await, Ok(Some(CaptureAnswer::Captured { .. }))));
    database.drop().await;
}

#[tokio::test]
async fn a_virtual_account_waits_for_its_deposit() {
    let database = Database::fresh().await;
    let gateway = silent(&database.pool);
    let waiting = gateway.capture(&capture("a", "virtual_account")).await.unwrap();
    assert!(matches!(&waiting, CaptureAnswer::AwaitingDeposit { account } if account.len() > 20));
    assert_eq!(gateway.capture(&capture("a", "virtual_account")).await, Ok(waiting.clone()));
    assert_eq!(gateway.find_capture("a").await, Ok(Some(waiting)));
    let deposited = gateway.deposit(payment(), at(5)).await.unwrap();
    assert_eq!(gateway.deposit(payment(), at(6)).await, Ok(deposited.clone()));
    let captured = CaptureAnswer::Captured { reference: deposited.unwrap(), captured_at: at(5) };
    assert_eq!(gateway.find_capture("a").await, Ok(Some(captured)));
    assert_eq!(gateway.deposit(PaymentId(Uuid::from_u128(1)), at(5)).await, Ok(None));
    database.drop().await;
}

#[tokio::test]
async fn a_capture_waits_until_the_shopper_has_shown_that_it_is_them() {
    let database = Database::fresh().await;
    let gateway = silent(&database.pool);
    let asked = gateway.capture(&capture("a", "authentication")).await.unwrap();
    assert!(matches!(asked, CaptureAnswer::AuthenticationRequired { .. }), "{asked:?}");
    assert_eq!(gateway.capture(&capture("a", "authentication")).await, Ok(asked.clone()));
    assert_eq!(gateway.find_capture("a").await, Ok(Some(asked)));
    let shown = gateway.authenticate(payment(), true, at(5)).await.unwrap().unwrap();
    let captured = CaptureAnswer::Captured { reference: shown.clone(), captured_at: at(5) };
    assert_eq!(gateway.find_capture("a").await, Ok(Some(captured.clone())));
    assert_eq!(
        gateway.authenticate(payment(), false, at(6)).await,
        Ok(Some(shown)),
        "nothing waits any more"
    );
    assert_eq!(gateway.abandon_capture("a").await, Ok(Some(captured)), "what is taken is taken");
    assert_eq!(gateway.authenticate(PaymentId(Uuid::from_u128(1)), true, at(5)).await, Ok(None));
    database.drop().await;
}

#[tokio::test]
async fn a_shopper_who_fails_or_leaves_pays_nothing() {
    let database = Database::fresh().await;
    let gateway = silent(&database.pool);
    let failed = CaptureAnswer::Declined { reason: DeclineReason::AuthenticationFailed };
    gateway.capture(&capture("a", "authentication")).await.unwrap();
    gateway.authenticate(payment(), false, at(5)).await.unwrap();
    assert_eq!(gateway.find_capture("a").await, Ok(Some(failed.clone())));
    gateway.capture(&capture("b", "authentication")).await.unwrap();
    assert_eq!(gateway.abandon_capture("b").await, Ok(None));
    gateway.authenticate(payment(), true, at(6)).await.unwrap();
    assert_eq!(gateway.find_capture("b").await, Ok(Some(failed.clone())));
    assert_eq!(gateway.capture(&capture("b", "authentication")).await, Ok(failed));
    assert_eq!(gateway.abandon_capture("c").await, Ok(None));
    assert_eq!(booked(&database.pool).await, 0);
    database.drop().await;
}

#[tokio::test]
async fn the_same_key_at_once_is_booked_once() {
    let database = Database::fresh().await;
    let gateways = [silent(&database.pool), silent(&database.pool)];
    let requests: Vec<_> = (0..40).map(|_| capture("a", "ok")).collect();
    let calls = requests.iter().enumerate().map(|(n, request)| gateways[n % 2].capture(request));
    let answers = join_all(calls).await;
    assert!(answers.iter().all(|answer| answer.is_ok() && *answer == answers[0]), "{answers:?}");
    assert_eq!(booked(&database.pool).await, 1);
    database.drop().await;
}

#[tokio::test]
async fn of_captures_at_once_one_that_cannot_be_written_holds_up_no_other() {
    let database = Database::fresh().await;
    let gateway = silent(&database.pool);
    let mut requests: Vec<_> = (0..200).map(|n| capture(&n.to_string(), "ok")).collect();
    requests[77].amount.amount = Amount::from_minor(-1);
    let answers = join_all(requests.iter().map(|request| gateway.capture(request))).await;
    let refused: Vec<_> = (0..200).filter(|n| answers[*n].is_err()).collect();
    assert_eq!(refused, [77]);
    assert!(matches!(answers[77], Err(GatewayError::Unavailable(_))), "{:?}", answers[77]);
    for (request, answer) in requests.iter().zip(answers).filter(|(_, answer)| answer.is_ok()) {
        assert_eq!(gateway.find_capture(&request.key).await, answer.map(Some));
    }
    assert_eq!(booked(&database.pool).await, 199);
    database.drop().await;
}

#[tokio::test]
async fn of_calls_at_once_only_one_times_out_before_booking() {
    let database = Database::fresh().await;
    let gateway = silent(&database.pool);
    let requests: Vec<_> = (0..20).map(|_| capture("a", "timeout_before")).collect();
    let answers = join_all(requests.iter().map(|request| gateway.capture(request))).await;
    assert_eq!(answers.iter().filter(|answer| **answer == TIMEOUT).count(), 1);
    let mut captured: Vec<_> =
        answers.into_iter().filter(|answer| *answer != TIMEOUT).map(reference).collect();
    captured.dedup();
    assert_eq!(captured.len(), 1);
    database.drop().await;
}

#[tokio::test]
async fn a_key_used_for_something_else_gets_no_answer() {
    let database = Database::fresh().await;
    let gateway = silent(&database.pool);
    let first = gateway.capture(&capture("a", "ok")).await;
    let mut dearer = capture("a", "ok");
    dearer.amount.amount = Amount::from_minor(10_001);
    let mut other = capture("a", "ok");
    other.payment = PaymentId(Uuid::from_u128(1));
    assert!(matches!(gateway.capture(&dearer).await, Err(GatewayError::Unavailable(_))));
    assert!(matches!(gateway.capture(&other).await, Err(GatewayError::Unavailable(_))));
    assert_eq!(gateway.capture(&capture("a", "ok")).await, first);
    database.drop().await;
}
