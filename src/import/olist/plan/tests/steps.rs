//! What happens to an order of each status, and times that are missing or run backwards.

use super::super::sample::{market, may};
use super::{found, order, plan};
use crate::import::olist::files::{Order, Status};
use crate::import::olist::finding::Reason;
use crate::import::olist::plan::Act;

/// An order of this status, changed like this: its acts, and why something was put right.
fn check(status: Status, change: impl FnOnce(&mut Order), acts: &[Act], reasons: &[Reason]) {
    let mut files = market().with_order("o1", status, 3).with_item("o1", "p1", "s1", 1_000);
    files = files.with_payment("o1", crate::import::olist::files::PaidBy::CreditCard, 1_200);
    change(&mut files.orders[0]);
    let plan = plan(&files);
    let steps = &order(&plan, "o1").steps;
    assert_eq!(steps.iter().map(|step| step.act).collect::<Vec<_>>(), acts);
    assert!(steps.is_sorted_by_key(|step| step.at), "{steps:?}");
    assert_eq!(found(&plan).into_iter().map(|(reason, _)| reason).collect::<Vec<_>>(), reasons);
}

const DELIVERED: [Act; 5] = [Act::Place, Act::Pay, Act::Accept, Act::Dispatch, Act::Deliver];

#[test]
fn each_status_ends_where_it_says() {
    let as_is = |_: &mut Order| {};
    check(Status::Created, as_is, &DELIVERED[..1], &[]);
    check(Status::Approved, as_is, &DELIVERED[..2], &[]);
    check(Status::Invoiced, as_is, &DELIVERED[..3], &[]);
    check(Status::Processing, as_is, &DELIVERED[..3], &[]);
    check(Status::Shipped, as_is, &DELIVERED[..4], &[]);
    check(Status::Delivered, as_is, &DELIVERED, &[]);
    check(Status::Canceled, as_is, &[Act::Place, Act::Pay, Act::Cancel], &[]);
    check(Status::Unavailable, as_is, &[Act::Place, Act::Pay, Act::CancelUnavailable], &[]);
}

#[test]
fn what_was_never_paid_is_stopped_not_claimed() {
    check(Status::Canceled, |order| order.approved_at = None, &[Act::Place, Act::Stop], &[]);
    check(Status::Unavailable, |order| order.approved_at = None, &[Act::Place, Act::Stop], &[]);
}

#[test]
fn missing_times_are_put_in_and_found() {
    check(Status::Delivered, |order| order.approved_at = None, &DELIVERED, &[Reason::ApprovalMissing]);
    check(Status::Delivered, |order| order.dispatched_at = None, &DELIVERED, &[Reason::DispatchTimeMissing]);
    check(Status::Delivered, |order| order.delivered_at = None, &DELIVERED, &[Reason::DeliveryTimeMissing]);
}

#[test]
fn a_step_before_the_last_one_is_moved_to_it() {
    let backwards = |order: &mut Order| order.delivered_at = Some(may(4, 0));
    check(Status::Delivered, backwards, &DELIVERED, &[Reason::TimeBackwards]);
    let before_payment = |order: &mut Order| order.dispatched_at = Some(may(3, 9));
    check(Status::Delivered, before_payment, &DELIVERED, &[Reason::TimeBackwards]);
    let before_placing = |order: &mut Order| order.approved_at = Some(may(1, 0));
    check(Status::Delivered, before_placing, &DELIVERED, &[Reason::TimeBackwards]);
}

#[test]
fn a_payment_after_its_time_is_taken_within_it() {
    let late = |order: &mut Order| {
        order.approved_at = Some(may(3, 0) + chrono::TimeDelta::days(100));
        order.dispatched_at = None;
    };
    check(Status::Shipped, late, &DELIVERED[..4], &[Reason::ApprovedTooLate, Reason::DispatchTimeMissing]);
}

#[test]
fn times_that_a_status_has_no_step_for_are_found() {
    let sent = |order: &mut Order| {
        order.dispatched_at = Some(may(5, 0));
        order.delivered_at = Some(may(6, 0));
    };
    check(
        Status::Canceled,
        sent,
        &[Act::Place, Act::Pay, Act::Cancel],
        &[Reason::DispatchTimeUnused, Reason::DeliveryTimeUnused],
    );
}
