//! Cash receipts: given with the capture, for what is paid in cash, and taken back with it.

use payment::event::{CashReceiptCancelled, CashReceiptIssued};
use payment::{Command, Event, Method, Rejection, Request};

use crate::given::{after, given};
use crate::sample::*;

/// 9,000 into an account and 3,000 by a voucher.
fn in_cash() -> Command {
    request_of(vec![tender(1, Method::VirtualAccount, 9_000), tender(2, Method::Voucher, 3_000)])
}

fn paid() -> Vec<Command> {
    vec![in_cash(), start_with_receipt("k-1"), captured_as("k-1", "g-1", 900)]
}

/// The event that says something of a receipt, of what a command led to.
fn said(history: Vec<Command>, command: Command) -> Option<Event> {
    let state = after(history);
    let events = <payment::Payment as kernel::Decider>::decide(&state, command).unwrap();
    let receipt =
        |event: &Event| matches!(event, Event::CashReceiptIssued(_) | Event::CashReceiptCancelled(_));
    events.into_iter().find(receipt)
}

#[test]
fn it_is_issued_with_the_capture_over_what_was_paid_in_cash() {
    let expected = Event::CashReceiptIssued(CashReceiptIssued {
        head: head(),
        member: member_id(),
        purpose: receipt_ask().purpose,
        receipt_identifier: receipt_ask().receipt_identifier,
        amount: won(9_000),
        at: minute(3),
    });
    let taken = captured_as("k-1", "g-1", 900);
    assert_eq!(said(vec![in_cash(), start_with_receipt("k-1")], taken.clone()), Some(expected));
    assert_eq!(said(vec![in_cash(), start("k-1")], taken), None, "who asks for none gets none");
}

#[test]
fn the_attempt_that_pays_says_whether_one_is_asked_for() {
    let second = [in_cash(), start_with_receipt("k-1"), decline("k-1"), start("k-2")];
    assert_eq!(said(second.to_vec(), captured_as("k-2", "g-1", 900)), None);
}

#[test]
fn what_goes_back_in_cash_is_cancelled() {
    let mut history = paid();
    for (refund, minor, cancelled, left) in [(1, 4_000, 4_000, 5_000), (2, 6_000, 5_000, 0)] {
        history.push(start_refund(refund, minor));
        let expected = Event::CashReceiptCancelled(CashReceiptCancelled {
            head: head(),
            refund: refund_id(refund),
            amount: won(cancelled),
            left: won(left),
            at: minute(6),
        });
        assert_eq!(said(history.clone(), refunded(refund)), Some(expected));
        history.push(refunded(refund));
    }
    history.push(start_refund(3, 2_000));
    assert_eq!(said(history.clone(), refunded(3)), None, "the voucher was never in it");
    let receipt = after(history).receipt().cloned().unwrap();
    assert_eq!((receipt.amount, receipt.left()), (won(9_000), won(0)));
}

#[test]
fn none_is_given_where_nothing_is_paid_in_cash_or_in_won() {
    given([request()]).when(start_with_receipt("k-1")).then_rejected(&Rejection::ReceiptNotDue);
    let elsewhere =
        Request { currency: kernel::Currency::Brl, ..request_body(vec![tender(1, Method::BankSlip, 9_000)]) };
    given([Command::Request(elsewhere)])
        .when(start_with_receipt("k-1"))
        .then_rejected(&Rejection::ReceiptNotDue);
}

#[test]
fn money_that_must_not_be_kept_has_no_receipt() {
    let late = [in_cash(), start_with_receipt("k-1"), expire()];
    assert_eq!(said(late.to_vec(), captured_as("k-1", "g-1", 900)), None);
    let mut twice = paid();
    twice.push(captured_as("k-1", "g-2", 901));
    assert_eq!(said(twice, refunded(901)), None, "what came twice goes back without it");
}
