//! What belongs together, and what points nowhere.

use super::super::sample::market;
use super::{found, order, plan};
use crate::import::olist::files::{PaidBy, Status};
use crate::import::olist::finding::Reason;

#[test]
fn a_plain_order_is_taken_without_a_word() {
    let plan = plan(&market().with_plain_order("o1", 3));
    assert_eq!(found(&plan), []);
    let order = order(&plan, "o1");
    assert_eq!((order.lines.len(), order.total_cents), (1, 1_200));
    assert_eq!(order.buyer.person, "u-o1");
    assert_eq!(plan.sellers.iter().map(|row| row.seller.as_str()).collect::<Vec<_>>(), ["s1"]);
    assert_eq!(plan.categories[0].name, "little toys");
}

#[test]
fn rows_that_point_nowhere_are_found_with_their_keys() {
    let mut files = market()
        .with_plain_order("o1", 3)
        .with_item("o1", "p9", "s1", 100)
        .with_item("o1", "p1", "s9", 100)
        .with_item("o9", "p1", "s1", 100)
        .with_payment("o9", PaidBy::Voucher, 100)
        .with_order("o2", Status::Delivered, 4)
        .with_item("o2", "p1", "s1", 100);
    files.customers.retain(|row| row.customer != "c-o2");
    let plan = plan(&files);
    assert_eq!(
        found(&plan),
        [
            (Reason::ItemOfUnknownOrder, "o9/1"),
            (Reason::ItemOfUnknownProduct, "o1/2"),
            (Reason::ItemOfUnknownSeller, "o1/3"),
            (Reason::PaymentOfUnknownOrder, "o9/1"),
            (Reason::OrderOfUnknownCustomer, "o2"),
        ]
    );
    assert_eq!(plan.orders.len(), 1);
}

#[test]
fn an_order_without_items_or_of_an_unknown_status_is_not_taken() {
    let files = market()
        .with_order("o1", Status::Unavailable, 3)
        .with_order("o2", Status::Unknown, 3)
        .with_item("o2", "p1", "s1", 100);
    let plan = plan(&files);
    assert_eq!(found(&plan), [(Reason::OrderWithoutItems, "o1"), (Reason::StatusUnknown, "o2")]);
    assert!(plan.orders.is_empty());
}

#[test]
fn of_rows_with_one_key_the_first_counts() {
    let mut files = market().with_plain_order("o1", 3).with_plain_order("o1", 9);
    files.items.truncate(1);
    files.payments.truncate(1);
    let plan = plan(&files);
    assert_eq!(found(&plan), [(Reason::DuplicateRow, "c-o1"), (Reason::DuplicateRow, "o1")]);
    assert_eq!(plan.orders.len(), 1);
}

#[test]
fn a_person_with_several_orders_is_one_member() {
    let mut files = market().with_plain_order("o1", 3).with_plain_order("o2", 4);
    files.customers.iter_mut().for_each(|row| row.person = "u".into());
    assert_eq!(plan(&files).people.len(), 1);
}

#[test]
fn what_nobody_sells_and_who_sells_nothing_is_found() {
    let plan = plan(&market().with_plain_order("o1", 3));
    let idle: Vec<_> = plan.findings.iter().map(|found| (found.reason, found.key.as_str())).collect();
    assert_eq!(idle, [(Reason::ProductNeverSold, "p2"), (Reason::SellerWithoutItems, "s2")]);
}

#[test]
fn the_same_rows_make_the_same_plan() {
    let files = market().with_plain_order("o1", 3).with_plain_order("o2", 4);
    assert_eq!(format!("{:?}", plan(&files)), format!("{:?}", plan(&files)));
}
