//! Webhooks: signed, once or twice, again until they arrive, also after a restart.

use jangteo::gateways::payment::PaymentGateway;
use jangteo::gateways::sandbox_payment::{SandboxGateway, Settings, WebhookTarget};
use jangteo::gateways::webhook::{CaptureBooked, Notice};
use kernel::{Amount, Currency};

use crate::database::Database;
use crate::gateway::{LATE_AFTER, at, capture, count, payment, reference, until};
use crate::receiver::{Receiver, SECRET};

const OWED: &str = "SELECT sum(notices_owed)::bigint FROM sandbox_capture";

fn telling(database: &Database, receiver: &Receiver) -> SandboxGateway {
    let webhooks = Some(receiver.target.clone());
    SandboxGateway::new(database.pool.clone(), Settings { late_after: LATE_AFTER, webhooks })
}

#[tokio::test]
async fn a_booking_is_told_with_its_signature() {
    let database = Database::fresh().await;
    let mut receiver = Receiver::refusing_first(0).await;
    let taken = reference(telling(&database, &receiver).capture(&capture("a", "ok")).await);
    let arrived = receiver.next().await;
    let told = CaptureBooked {
        key: "a".to_owned(),
        payment: payment(),
        reference: taken,
        amount: Amount::from_minor(10_000),
        currency: Currency::Krw,
        captured_at: at(0),
    };
    assert_eq!(arrived.notice(), Notice::CaptureBooked(told));
    assert!(arrived.is_signed_at(at(0)));
    until(&database.pool, OWED, 0).await;
    assert!(!receiver.has_more());
    database.drop().await;
}

#[tokio::test]
async fn asking_again_tells_nothing_again() {
    let database = Database::fresh().await;
    let mut receiver = Receiver::refusing_first(0).await;
    let gateway = telling(&database, &receiver);
    for _ in 0..3 {
        gateway.capture(&capture("a", "ok")).await.unwrap();
    }
    gateway.capture(&capture("b", "decline_expired_card")).await.unwrap();
    gateway.capture(&capture("c", "ok")).await.unwrap();
    let mut told = [receiver.next().await.notice(), receiver.next().await.notice()].map(key);
    told.sort();
    assert_eq!(told, ["a", "c"]);
    until(&database.pool, OWED, 0).await;
    assert!(!receiver.has_more());
    database.drop().await;
}

#[tokio::test]
async fn a_webhook_may_come_twice() {
    let database = Database::fresh().await;
    let mut receiver = Receiver::refusing_first(0).await;
    telling(&database, &receiver).capture(&capture("a", "webhook_twice")).await.unwrap();
    assert_eq!(receiver.next().await, receiver.next().await);
    until(&database.pool, OWED, 0).await;
    assert!(!receiver.has_more());
    database.drop().await;
}

#[tokio::test]
async fn late_money_deposits_and_second_tries_are_told() {
    let database = Database::fresh().await;
    let mut receiver = Receiver::refusing_first(0).await;
    let gateway = telling(&database, &receiver);
    let _ = gateway.capture(&capture("late", "late")).await;
    assert_eq!(key(receiver.next().await.notice()), "late");
    let _ = gateway.capture(&capture("account", "virtual_account")).await;
    gateway.deposit(payment(), at(5)).await.unwrap();
    let deposited = receiver.next().await;
    assert_eq!(key(deposited.notice()), "account");
    assert!(deposited.is_signed_at(at(5)));
    for _ in 0..2 {
        let _ = gateway.capture(&capture("before", "timeout_before")).await;
    }
    assert_eq!(key(receiver.next().await.notice()), "before");
    let _ = gateway.capture(&capture("after", "timeout_after")).await;
    assert_eq!(key(receiver.next().await.notice()), "after");
    database.drop().await;
}

#[tokio::test]
async fn a_refused_webhook_comes_again() {
    let database = Database::fresh().await;
    let mut receiver = Receiver::refusing_first(4).await;
    telling(&database, &receiver).capture(&capture("a", "ok")).await.unwrap();
    assert!(receiver.next().await.is_signed_at(at(0)));
    until(&database.pool, OWED, 0).await;
    database.drop().await;
}

#[tokio::test]
async fn a_webhook_that_never_arrived_is_sent_after_a_restart() {
    let database = Database::fresh().await;
    let nobody = WebhookTarget { base_url: "http://127.0.0.1:1".to_owned(), secret: SECRET.to_vec() };
    let settings = Settings { late_after: LATE_AFTER, webhooks: Some(nobody) };
    let ended = SandboxGateway::new(database.pool.clone(), settings);
    ended.capture(&capture("a", "ok")).await.unwrap();
    assert_eq!(count(&database.pool, OWED).await, 1);
    let mut receiver = Receiver::refusing_first(0).await;
    telling(&database, &receiver).resume().await.unwrap();
    assert_eq!(key(receiver.next().await.notice()), "a");
    until(&database.pool, OWED, 0).await;
    database.drop().await;
}

fn key(notice: Notice) -> String {
    let Notice::CaptureBooked(booked) = notice;
    booked.key
}
