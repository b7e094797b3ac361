//! Refunds: never beyond the capture, the same key again, refusals and time-outs.

use futures::future::join_all;
use jangteo::gateways::GatewayError;
use jangteo::gateways::payment::{PaymentGateway, RefundAnswer};
use kernel::Currency;
use payment::RefundFailureReason;
use payment::value::GatewayReference;

use crate::database::Database;
use crate::gateway::{capture, count, is_refunded, reference, refund, silent};

const REFUSED: Result<RefundAnswer, GatewayError> =
    Ok(RefundAnswer::Refused { reason: RefundFailureReason::Refused });
const REFUNDED_MINOR: &str = "SELECT sum(amount_minor)::bigint FROM sandbox_refund WHERE NOT refused";

#[tokio::test]
async fn parts_go_back_until_nothing_is_left() {
    let database = Database::fresh().await;
    let gateway = silent(&database.pool);
    let taken = reference(gateway.capture(&capture("a", "ok")).await);
    assert!(is_refunded(&gateway.refund(&refund("r1", &taken, 4_000)).await));
    assert_eq!(gateway.refund(&refund("r2", &taken, 6_001)).await, REFUSED);
    assert!(is_refunded(&gateway.refund(&refund("r3", &taken, 6_000)).await));
    assert_eq!(gateway.refund(&refund("r4", &taken, 1)).await, REFUSED);
    assert_eq!(count(&database.pool, REFUNDED_MINOR).await, 10_000);
    database.drop().await;
}

#[tokio::test]
async fn the_same_key_gets_the_same_answer_even_when_it_was_a_refusal() {
    let database = Database::fresh().await;
    let gateway = silent(&database.pool);
    let taken = reference(gateway.capture(&capture("a", "ok")).await);
    let answer = gateway.refund(&refund("r1", &taken, 10_000)).await;
    assert!(is_refunded(&answer));
    assert_eq!(gateway.refund(&refund("r1", &taken, 10_000)).await, answer);
    assert_eq!(gateway.find_refund(&refund("r1", &taken, 10_000)).await.map(Option::unwrap), answer);
    assert_eq!(gateway.refund(&refund("r2", &taken, 10_000)).await, REFUSED);
    assert_eq!(gateway.refund(&refund("r2", &taken, 10_000)).await, REFUSED);
    assert_eq!(gateway.find_refund(&refund("r2", &taken, 1)).await.map(Option::unwrap), REFUSED);
    assert_eq!(gateway.find_refund(&refund("r3", &taken, 1)).await, Ok(None));
    assert!(matches!(gateway.refund(&refund("r1", &taken, 1)).await, Err(GatewayError::Unavailable(_))));
    database.drop().await;
}

#[tokio::test]
async fn refunds_at_once_never_exceed_the_capture_together() {
    let database = Database::fresh().await;
    let gateway = silent(&database.pool);
    let taken = reference(gateway.capture(&capture("a", "ok")).await);
    let requests: Vec<_> = (0..20).map(|n| refund(&format!("r{}", n / 2), &taken, 3_000)).collect();
    let answers = join_all(requests.iter().map(|request| gateway.refund(request))).await;
    assert!(answers.chunks(2).all(|pair| pair[0].is_ok() && pair[0] == pair[1]));
    assert_eq!(answers.iter().filter(|answer| is_refunded(answer)).count(), 6);
    assert_eq!(count(&database.pool, REFUNDED_MINOR).await, 9_000);
    database.drop().await;
}

#[tokio::test]
async fn nothing_goes_back_from_what_was_not_taken() {
    let database = Database::fresh().await;
    let gateway = silent(&database.pool);
    let nowhere = GatewayReference::new("capture_0").unwrap();
    assert_eq!(gateway.refund(&refund("r1", &nowhere, 1)).await, REFUSED);
    assert_eq!(gateway.refund(&refund("r1", &nowhere, 1)).await, REFUSED);
    let taken = reference(gateway.capture(&capture("a", "ok")).await);
    let mut dollars = refund("r2", &taken, 1);
    dollars.amount.currency = Currency::Usd;
    assert_eq!(gateway.refund(&dollars).await, REFUSED);
    assert_eq!(gateway.refund(&refund("r3", &taken, 0)).await, REFUSED);
    assert_eq!(gateway.refund(&refund("r4", &taken, -1)).await, REFUSED);
    let _ = gateway.capture(&capture("b", "virtual_account")).await;
    let waiting = sqlx::query_scalar("SELECT reference FROM sandbox_capture WHERE key = 'b'");
    let waiting: String = waiting.fetch_one(&database.pool).await.unwrap();
    let waiting = GatewayReference::new(waiting).unwrap();
    assert_eq!(gateway.refund(&refund("r5", &waiting, 1)).await, REFUSED);
    database.drop().await;
}

#[tokio::test]
async fn the_captures_instrument_chooses_how_its_refunds_go() {
    let database = Database::fresh().await;
    let gateway = silent(&database.pool);
    let refusing = reference(gateway.capture(&capture("a", "refund_refuse")).await);
    assert_eq!(gateway.refund(&refund("r1", &refusing, 1)).await, REFUSED);
    let slow = reference(gateway.capture(&capture("b", "refund_timeout_after")).await);
    assert_eq!(gateway.refund(&refund("r2", &slow, 1)).await, Err(GatewayError::Timeout));
    let found = gateway.find_refund(&refund("r2", &slow, 1)).await.map(Option::unwrap);
    assert!(is_refunded(&found));
    assert_eq!(gateway.refund(&refund("r2", &slow, 1)).await, found);
    database.drop().await;
}
