//! The payment's events as rows: where it stands and how much went back. Stray captures are the ledger's business.

use kernel::Amount;
use payment::Event;
use payment::event::{Refunded, Requested};
use payment::state::Phase;
use payment::value::{Head, RefundCause};

use crate::orders::row::{Payment, PaymentChange, Row};

/// The row of one event.
pub(super) fn row(position: i64, event: &Event) -> Row {
    let now = |head: &Head, phase: Phase| {
        Row::PaymentChanged(PaymentChange { status: Some(phase.to_string()), ..unchanged(head, position) })
    };
    let stands = |head: &Head| Row::PaymentChanged(unchanged(head, position));
    match event {
        Event::Requested(body) => Row::PaymentRequested(requested(body, position)),
        Event::CaptureStarted(body) if body.awaits_deposit => now(&body.head, Phase::AwaitingDeposit),
        Event::CaptureStarted(body) => now(&body.head, Phase::Capturing),
        Event::AuthenticationRequired(body) => now(&body.head, Phase::AwaitingAuthentication),
        Event::CaptureDeclined(body) => now(&body.head, Phase::Requested),
        Event::Authorized(body) => now(&body.head, Phase::Authorized),
        Event::Captured(body) => now(&body.head, Phase::Captured),
        Event::Refunded(body) => Row::PaymentChanged(refunded(body, position)),
        Event::Failed(body) => now(&body.head, Phase::Failed),
        Event::Voided(body) => now(&body.head, Phase::Voided),
        Event::Expired(body) => now(&body.head, Phase::Expired),
        Event::CapturedLate(body) | Event::DuplicateCaptured(body) => stands(&body.head),
        Event::CashReceiptIssued(body) => stands(&body.head),
        Event::CashReceiptCancelled(body) => stands(&body.head),
        Event::RefundStarted(body) => stands(&body.head),
        Event::RefundFailed(body) => stands(&body.head),
    }
}

const fn unchanged(head: &Head, position: i64) -> PaymentChange {
    PaymentChange { payment: head.payment, status: None, refunded_minor: None, position }
}

fn requested(body: &Requested, position: i64) -> Payment {
    Payment {
        order_id: body.head.order,
        methods: body.tenders.iter().map(|tender| tender.method).collect(),
        amount_minor: body.amount,
        change: PaymentChange {
            status: Some(Phase::Requested.to_string()),
            refunded_minor: Some(Amount::ZERO),
            ..unchanged(&body.head, position)
        },
    }
}

/// Money that came late or twice goes back without touching what the order was paid with.
fn refunded(body: &Refunded, position: i64) -> PaymentChange {
    let unchanged = unchanged(&body.head, position);
    match body.cause {
        RefundCause::CapturedLate | RefundCause::DuplicateCaptured => unchanged,
        RefundCause::Asked => {
            let phase = if body.fully { Phase::Refunded } else { Phase::PartiallyRefunded };
            let refunded_minor = Some(body.total_refunded);
            PaymentChange { status: Some(phase.to_string()), refunded_minor, ..unchanged }
        }
    }
}
