//! Cash receipts (현금영수증): due with the money that they are asked for, cancelled with the money that goes back.

use kernel::{Amount, Timestamp};

use crate::command::{RecordCapture, RecordRefund, StartCapture};
use crate::event::{CashReceiptCancelled, CashReceiptIssued, Event};
use crate::policy;
use crate::rejection::Rejection;
use crate::state::{Known, Refund};
use crate::value::RefundCause;

/// Whether what is asked for can be given.
pub(super) fn check(known: &Known, command: &StartCapture) -> Result<(), Rejection> {
    let is_due = policy::knows_receipts(known.request.head.currency) && in_cash(known) > Amount::ZERO;
    if command.receipt.is_none() || is_due { Ok(()) } else { Err(Rejection::ReceiptNotDue) }
}

/// The receipt that the captured attempt asked for.
pub(super) fn issued(known: &Known, command: &RecordCapture) -> Option<Event> {
    let ask = known.asked_receipts.get(&command.key)?.clone();
    Some(Event::CashReceiptIssued(CashReceiptIssued {
        head: known.request.head.clone(),
        member: known.request.member,
        purpose: ask.purpose,
        receipt_identifier: ask.receipt_identifier,
        amount: in_cash(known),
        at: command.at,
    }))
}

/// What a refund takes of the receipt.
pub(super) fn cancelled(known: &Known, refund: &Refund, command: &RecordRefund) -> Option<Event> {
    let receipt = known.receipt.as_ref().filter(|_| refund.started.cause == RefundCause::Asked)?;
    let amount = policy::in_cash(refund.started.tenders.iter().map(|part| (part.method, part.amount)));
    (amount > Amount::ZERO).then(|| {
        let (head, left, at): (_, _, Timestamp) =
            (known.request.head.clone(), receipt.left() - amount, command.at);
        Event::CashReceiptCancelled(CashReceiptCancelled { head, refund: command.refund, amount, left, at })
    })
}

fn in_cash(known: &Known) -> Amount {
    policy::in_cash(known.request.tenders.iter().map(|tender| (tender.method, tender.amount)))
}
