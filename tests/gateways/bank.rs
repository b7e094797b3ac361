//! The sandbox bank: every kind of account, and the same key again.

use futures::future::join_all;
use jangteo::gateways::GatewayError;
use jangteo::gateways::bank::{Bank, PayAnswer, PayRequest};
use jangteo::gateways::sandbox_bank::SandboxBank;
use kernel::{Amount, Currency};
use settlement::value::PayoutFailure;

use crate::database::Database;
use crate::gateway::{at, count};

fn payout(key: &str, account: &str) -> PayRequest {
    let amount = Amount::from_minor(70_000).of(Currency::Krw);
    PayRequest { key: key.to_owned(), amount, account: account.to_owned(), at: at(0) }
}

const fn refused(reason: PayoutFailure) -> PayAnswer {
    PayAnswer::Refused { reason }
}

fn is_paid(answer: &Result<PayAnswer, GatewayError>) -> bool {
    matches!(answer, Ok(PayAnswer::Paid { .. }))
}

#[tokio::test]
async fn an_account_is_paid_once_however_often_it_is_asked() {
    let database = Database::fresh().await;
    let bank = SandboxBank::new(database.pool.clone());
    let requests: Vec<_> = (0..20).map(|_| payout("a", "110-222-333")).collect();
    let answers = join_all(requests.iter().map(|request| bank.pay(request))).await;
    assert!(answers.iter().all(|answer| is_paid(answer) && *answer == answers[0]));
    assert_eq!(bank.find("a").await.map(Option::unwrap), answers[0]);
    assert_eq!(bank.find("b").await, Ok(None));
    let other = bank.pay(&payout("b", "110-222-333")).await;
    assert!(is_paid(&other) && other != answers[0]);
    database.drop().await;
}

#[tokio::test]
async fn an_account_that_does_not_exist_is_refused() {
    let database = Database::fresh().await;
    let bank = SandboxBank::new(database.pool.clone());
    let answer = Ok(refused(PayoutFailure::AccountNotFound));
    assert_eq!(bank.pay(&payout("a", "000-1")).await, answer);
    assert_eq!(bank.find("a").await.map(Option::unwrap), answer);
    database.drop().await;
}

#[tokio::test]
async fn a_flaky_account_is_paid_at_the_third_try() {
    let database = Database::fresh().await;
    let bank = SandboxBank::new(database.pool.clone());
    let unavailable = Ok(refused(PayoutFailure::BankUnavailable));
    for key in ["a", "a", "b", "a", "b"] {
        assert_eq!(bank.pay(&payout(key, "999-1")).await, unavailable, "{key}");
    }
    assert!(is_paid(&bank.pay(&payout("c", "999-1")).await));
    assert_eq!(bank.pay(&payout("a", "999-1")).await, unavailable);
    assert_eq!(bank.pay(&payout("d", "999-2")).await, unavailable);
    database.drop().await;
}

#[tokio::test]
async fn a_payout_may_time_out_after_it_was_paid() {
    let database = Database::fresh().await;
    let bank = SandboxBank::new(database.pool.clone());
    assert_eq!(bank.pay(&payout("a", "timeout")).await, Err(GatewayError::Timeout));
    let found = bank.find("a").await.map(Option::unwrap);
    assert!(is_paid(&found));
    assert_eq!(bank.pay(&payout("a", "timeout")).await, found);
    database.drop().await;
}

#[tokio::test]
async fn nothing_is_paid_where_nothing_is_due_or_the_key_was_used() {
    let database = Database::fresh().await;
    let bank = SandboxBank::new(database.pool.clone());
    let mut nothing = payout("a", "110");
    nothing.amount.amount = Amount::ZERO;
    assert_eq!(bank.pay(&nothing).await, Ok(refused(PayoutFailure::Refused)));
    assert!(matches!(bank.pay(&payout("a", "110")).await, Err(GatewayError::Unavailable(_))));
    database.drop().await;
}

#[tokio::test]
async fn the_books_keep_no_account_but_those_for_tests() {
    let database = Database::fresh().await;
    let bank = SandboxBank::new(database.pool.clone());
    for account in ["110-222-333", "000-1", "timeout"] {
        let _ = bank.pay(&payout(account, account)).await;
    }
    let kept = count(&database.pool, "SELECT count(flaky_account) FROM sandbox_payout").await;
    assert_eq!(kept, 0);
    database.drop().await;
}
