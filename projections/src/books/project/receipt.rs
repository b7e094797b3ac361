//! What a payment's events mean for cash receipts (현금영수증): each time that one is given or taken back is a row.

use kernel::Amount;
use payment::Event;
use payment::event::{CashReceiptCancelled, CashReceiptIssued};

use crate::books::ReceiptState;
use crate::books::row::{ReceiptGiven, ReceiptTakenBack, Row};

/// The row of one event, if it has one; `ordinal` is its number in the commit.
pub(super) fn row(position: i64, (ordinal, event): (i32, &Event)) -> Option<Row> {
    match event {
        Event::CashReceiptIssued(body) => Some(Row::ReceiptGiven(Box::new(given(position, ordinal, body)))),
        Event::CashReceiptCancelled(body) => Some(Row::ReceiptTakenBack(taken_back(position, ordinal, body))),
        Event::Requested(_)
        | Event::CaptureStarted(_)
        | Event::AuthenticationRequired(_)
        | Event::CaptureDeclined(_)
        | Event::Authorized(_)
        | Event::Captured(_)
        | Event::CapturedLate(_)
        | Event::DuplicateCaptured(_)
        | Event::RefundStarted(_)
        | Event::Refunded(_)
        | Event::RefundFailed(_)
        | Event::Failed(_)
        | Event::Voided(_)
        | Event::Expired(_) => None,
    }
}

fn given(position: i64, ordinal: i32, body: &CashReceiptIssued) -> ReceiptGiven {
    ReceiptGiven {
        position,
        ordinal,
        payment: body.head.payment,
        order_id: body.head.order,
        member: body.member,
        mall: body.head.mall.clone(),
        currency: body.head.currency,
        purpose: body.purpose,
        receipt_identifier: body.receipt_identifier.clone(),
        state: ReceiptState::Issued,
        amount_minor: body.amount,
        left_minor: body.amount,
        at: body.at,
    }
}

fn taken_back(position: i64, ordinal: i32, body: &CashReceiptCancelled) -> ReceiptTakenBack {
    ReceiptTakenBack {
        position,
        ordinal,
        payment: body.head.payment,
        state: if body.left.is_zero() { ReceiptState::TakenBack } else { ReceiptState::Changed },
        amount_minor: Amount::ZERO - body.amount,
        left_minor: body.left,
        at: body.at,
    }
}
