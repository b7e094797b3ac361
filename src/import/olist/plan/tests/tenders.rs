//! Payments that add up, and those that don't.

use payment::value::Method;
use proptest::prelude::*;

use super::super::sample::market;
use super::{found, order, plan};
use crate::import::olist::files::{PaidBy, Status};
use crate::import::olist::finding::Reason;

/// An order of 12.00, paid by these rows: its tenders and findings, each with its difference.
fn check(rows: &[(PaidBy, i64)], tenders: &[(Method, i64)], findings: &[(Reason, Option<i64>)]) {
    let files = market().with_order("o1", Status::Delivered, 3).with_item("o1", "p1", "s1", 1_000);
    let files = rows.iter().fold(files, |files, (method, cents)| files.with_payment("o1", *method, *cents));
    let plan = plan(&files);
    let planned: Vec<_> =
        order(&plan, "o1").tenders.iter().map(|tender| (tender.method, tender.amount_cents)).collect();
    assert_eq!(planned, tenders, "{rows:?}");
    let keys: Vec<Reason> = found(&plan).into_iter().map(|(reason, _)| reason).collect();
    let said = plan.findings.iter().filter(|finding| keys.contains(&finding.reason));
    let said: Vec<_> = said.map(|finding| (finding.reason, finding.difference_cents)).collect();
    assert_eq!(said, findings, "{rows:?}");
}

#[test]
fn payments_that_add_up_are_the_tenders() {
    check(&[(PaidBy::CreditCard, 1_200)], &[(Method::Card, 1_200)], &[]);
    check(
        &[(PaidBy::Boleto, 200), (PaidBy::Voucher, 300), (PaidBy::DebitCard, 700)],
        &[(Method::BankSlip, 200), (Method::Voucher, 300), (Method::DebitCard, 700)],
        &[],
    );
}

#[test]
fn payments_that_do_not_add_up_are_scaled_and_listed_with_the_difference() {
    check(
        &[(PaidBy::CreditCard, 1_199)],
        &[(Method::Card, 1_200)],
        &[(Reason::PaymentsDifferByACent, Some(-1))],
    );
    check(
        &[(PaidBy::CreditCard, 1_000), (PaidBy::Voucher, 500)],
        &[(Method::Card, 800), (Method::Voucher, 400)],
        &[(Reason::PaymentsDiffer, Some(300))],
    );
    check(&[], &[], &[(Reason::PaymentsDiffer, Some(-1_200))]);
}

#[test]
fn payments_of_nothing_and_by_no_method_are_left_out() {
    check(
        &[(PaidBy::CreditCard, 1_200), (PaidBy::Voucher, 0)],
        &[(Method::Card, 1_200)],
        &[(Reason::PaymentOfNothing, None)],
    );
    check(
        &[(PaidBy::Undefined, 1_200)],
        &[],
        &[(Reason::PaymentMethodUndefined, None), (Reason::PaymentsDiffer, Some(-1_200))],
    );
}

#[test]
fn instalments_are_at_least_one() {
    let mut files = market().with_plain_order("o1", 3);
    files.payments[0].instalments = 0;
    let plan = plan(&files);
    assert_eq!(found(&plan), [(Reason::InstalmentsOutOfRange, "o1/1")]);
    assert_eq!(order(&plan, "o1").tenders[0].instalments, 1);
}

#[test]
fn more_payments_than_an_order_takes_are_one_card() {
    let files = market().with_order("o1", Status::Delivered, 3).with_item("o1", "p1", "s1", 1_000);
    let files = (0..40).fold(files, |files, _| files.with_payment("o1", PaidBy::Voucher, 30));
    let plan = plan(&files);
    assert_eq!(found(&plan), [(Reason::TooManyPayments, "o1")]);
    assert!(order(&plan, "o1").tenders.is_empty());
}

proptest! {
    #[test]
    fn tenders_always_add_up_to_items_and_freight(
        amounts in proptest::collection::vec(0..100_000_i64, 0..12),
        price in 0..1_000_000_i64,
    ) {
        let files = market().with_order("o1", Status::Delivered, 3).with_item("o1", "p1", "s1", price);
        let files = amounts.iter().fold(files, |files, cents| files.with_payment("o1", PaidBy::Voucher, *cents));
        let plan = plan(&files);
        let order = order(&plan, "o1");
        let sum: i64 = order.tenders.iter().map(|tender| tender.amount_cents).sum();
        prop_assert!(order.tenders.is_empty() || sum == order.total_cents);
        prop_assert!(order.tenders.iter().all(|tender| tender.amount_cents > 0));
    }
}
