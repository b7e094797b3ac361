//! From placement to payment.

use order::command::{Cancel, Command};
use order::state::Phase;
use order::value::CancelReason;
use order::{Event, Rejection};

use crate::given::given;
use crate::market::{and, at, cancel, expire, mark_paid, paid, place, placed};

#[test]
fn a_placed_order_is_paid_by_its_payment() {
    let (state, events) = given(placed()).when(mark_paid(0, 1)).then(&["paid"]);
    assert_eq!((state.phase(), state.paid_at()), (Phase::Paid, Some(at(1))));
    assert!(matches!(&events[0], Event::Paid(paid) if paid.total == place().total));
}

#[test]
fn another_payment_does_not_pay_it() {
    given(placed()).when(mark_paid(1, 1)).refused(&Rejection::OtherPayment);
}

#[test]
fn paying_again_by_the_same_payment_changes_nothing() {
    given(paid()).when(mark_paid(0, 9)).already_so();
}

#[test]
fn an_order_expires_at_its_due_time_and_not_before() {
    given(placed()).when(expire(29)).refused(&Rejection::StillPayable { due: at(30) });
    given(placed()).when(expire(30)).then(&["expired"]);
    given(and(placed(), [expire(30)])).when(expire(31)).already_so();
}

#[test]
fn a_paid_order_cannot_be_expired_or_cancelled_as_a_whole() {
    given(paid()).when(expire(31)).refused(&Rejection::NotPending { phase: Phase::Paid });
    given(paid()).when(cancel()).refused(&Rejection::NotPending { phase: Phase::Paid });
}

#[test]
fn an_order_is_cancelled_before_it_is_paid() {
    let (state, _) = given(placed()).when(cancel()).then(&["cancelled"]);
    assert_eq!(state.phase(), Phase::Cancelled);
    given(and(placed(), [cancel()])).when(cancel()).already_so();
}

#[test]
fn an_ended_order_cannot_be_paid() {
    given(and(placed(), [expire(30)]))
        .when(mark_paid(0, 31))
        .refused(&Rejection::NotPending { phase: Phase::Expired });
    given(and(placed(), [cancel()]))
        .when(mark_paid(0, 31))
        .refused(&Rejection::NotPending { phase: Phase::Cancelled });
    given(and(placed(), [cancel()]))
        .when(expire(31))
        .refused(&Rejection::NotPending { phase: Phase::Cancelled });
    given(and(placed(), [expire(30)]))
        .when(cancel())
        .refused(&Rejection::NotPending { phase: Phase::Expired });
}

#[test]
fn the_reason_that_follows_from_claims_cannot_be_given() {
    let reason = CancelReason::EveryPieceCancelled;
    given(placed()).when(Command::Cancel(Cancel { reason, at: at(1) })).refused(&Rejection::ReasonNotGivable);
}
