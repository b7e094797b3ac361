//! The journey of a cancel (취소).

use claim::value::{HoldReason, Party, Reason, Refusal};
use claim::{Event, Rejection, command::Request};

use crate::given::*;

#[test]
fn a_cancel_before_acceptance_approves_itself() {
    let events = given([]).when(cancel_of(request(), false)).then(&["requested", "approved"]);
    assert!(matches!(&events[1], Event::Approved(approved) if approved.by == Party::System));
}

#[test]
fn a_cancel_after_acceptance_waits_for_the_merchant() {
    given([]).when(cancel()).then(&["requested"]);
    given([cancel()]).when(approve(Party::Merchant)).then(&["approved"]);
    given([cancel()]).when(approve(Party::System)).then(&["approved"]);
}

#[test]
fn a_shopper_cannot_approve_or_reject() {
    given([cancel()]).when(approve(Party::Shopper)).refused_as("not_yours");
    let reject = claim::command::Reject { refusal: Refusal::Unfounded, by: Party::Shopper, at: at(1) };
    given([cancel()]).when(claim::Command::Reject(reject)).refused_as("not_yours");
}

#[test]
fn a_cancel_goes_to_its_end() {
    let phases: Vec<_> = (0..=4).map(|steps| given(cancel_until(steps)).phase()).collect();
    assert_eq!(phases, ["absent", "requested", "approved", "refunding", "completed"]);
}

#[test]
fn the_refund_says_all_that_the_payment_needs() {
    let events = given(cancel_until(2)).when(start_refund(1)).then(&["refund_started"]);
    let Event::RefundStarted(started) = &events[0] else { panic!("a refund started") };
    assert_eq!((started.refund, started.amount), (refund_id(1), won(6_667)));
    assert_eq!(started.subject.order, request().order);
    assert_eq!(started.lines[0].amount, won(6_667));
}

#[test]
fn a_refund_of_nothing_completes_at_once() {
    let free = claim::value::ClaimLine { paid: won(0), ..line() };
    let free = cancel_of(Request { lines: vec![free], ..request() }, false);
    let events = given([free.clone()]).when(start_refund(1)).then(&["completed"]);
    assert!(matches!(&events[0], Event::Completed(completed) if completed.refund.is_none()));
    given([free, start_refund(1)]).when(start_refund(1)).then(&[]);
}

#[test]
fn nothing_is_refunded_before_approval() {
    given([cancel()]).when(start_refund(1)).refused_as("wrong_phase");
    given([cancel()]).when(record_refund(1)).refused_as("wrong_phase");
    given(cancel_until(2)).when(record_refund(1)).refused_as("wrong_phase");
}

#[test]
fn a_claim_is_paid_back_once() {
    let twice = Rejection::RefundAlreadyStarted(refund_id(1));
    given(cancel_until(3)).when(start_refund(2)).refused(&twice);
    given(cancel_journey()).when(start_refund(2)).refused(&twice);
    given(cancel_until(3)).when(record_refund(2)).refused(&Rejection::UnknownRefund(refund_id(2)));
    given(cancel_journey()).when(record_refund(2)).refused(&Rejection::UnknownRefund(refund_id(2)));
}

#[test]
fn a_failed_refund_is_tried_again_under_another_id() {
    given(cancel_until(3)).when(fail_refund(1)).then(&["refund_failed"]);
    let mut failed = cancel_until(3);
    failed.push(fail_refund(1));
    given(failed.clone()).when(start_refund(1)).refused(&Rejection::RefundFailedBefore(refund_id(1)));
    given(failed.clone()).when(start_refund(2)).then(&["refund_started"]);
    failed.push(start_refund(2));
    given(failed.clone()).when(fail_refund(1)).then(&[]);
    given(failed).when(fail_refund(3)).refused(&Rejection::UnknownRefund(refund_id(3)));
    given(cancel_journey()).when(fail_refund(1)).refused_as("wrong_phase");
}

#[test]
fn refunds_fail_at_most_ten_times() {
    let tries = (1..=10).flat_map(|number| [start_refund(number), fail_refund(number)]);
    let failed = cancel_until(2).into_iter().chain(tries);
    given(failed).when(start_refund(11)).refused(&Rejection::TooManyFailedRefunds);
}

#[test]
fn a_cancel_can_be_withdrawn_until_it_is_approved() {
    given([cancel()]).when(withdraw(Party::Shopper)).then(&["withdrawn"]);
    given([cancel()]).when(withdraw(Party::Operator)).then(&["withdrawn"]);
    given([cancel()]).when(withdraw(Party::Merchant)).refused_as("not_yours");
    for steps in 2..=4 {
        given(cancel_until(steps)).when(withdraw(Party::Shopper)).refused_as("wrong_phase");
    }
}

#[test]
fn an_approved_cancel_falls_only_if_the_goods_had_left() {
    given([cancel()]).when(reject(Refusal::AlreadyDispatched)).then(&["rejected"]);
    given([cancel()]).when(reject(Refusal::NotReturnable)).refused_as("wrong_phase");
    given(cancel_until(2)).when(reject(Refusal::Unfounded)).refused_as("wrong_phase");
    given(cancel_until(2)).when(reject(Refusal::AlreadyDispatched)).refused_as("wrong_phase");
    for by in [Party::System, Party::Operator] {
        let left = claim::command::Reject { refusal: Refusal::AlreadyDispatched, by, at: at(7) };
        given(cancel_until(2)).when(claim::Command::Reject(left)).then(&["rejected"]);
    }
    given(cancel_until(3)).when(reject(Refusal::AlreadyDispatched)).refused_as("wrong_phase");
    given(cancel_journey()).when(reject(Refusal::AlreadyDispatched)).refused_as("wrong_phase");
}

#[test]
fn a_cancel_knows_no_step_of_a_return() {
    let steps = [accept(Party::Merchant), pickup(1), collect(), pass(), hold(HoldReason::Disputed), resume()];
    for step in steps {
        given([cancel()]).when(step.clone()).refused_as("wrong_kind");
        given(cancel_journey()).when(step).refused_as("wrong_kind");
    }
}

#[test]
fn what_is_over_stays_over() {
    for end in [reject(Refusal::AlreadyDispatched), withdraw(Party::Shopper)] {
        let over = given([cancel(), end]);
        over.when(approve(Party::Merchant)).refused_as("wrong_phase");
        over.when(start_refund(1)).refused_as("wrong_phase");
        over.when(record_refund(1)).refused_as("wrong_phase");
        over.when(fail_refund(1)).refused_as("wrong_phase");
    }
    given([cancel(), withdraw(Party::Shopper)]).when(reject(Refusal::Unfounded)).refused_as("wrong_phase");
    given([cancel(), reject(Refusal::Unfounded)]).when(withdraw(Party::Shopper)).refused_as("wrong_phase");
}

#[test]
fn the_fault_follows_from_the_reason() {
    let late = cancel_of(Request { reason: Reason::Late, ..request() }, false);
    let state = given([late]);
    let fault = state.state().case().map(|case| case.subject().fault);
    assert_eq!(fault, Some(claim::value::Fault::Merchant));
}
