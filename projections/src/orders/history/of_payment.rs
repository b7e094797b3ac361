//! The payment's events in a few words.

use payment::value::{Head, TenderAmount};
use payment::{Event, Tender};
use serde_json::{Value, json};

use super::Note;

pub(super) fn note(event: &Event) -> Note {
    let (head, at) = subject(event);
    Note { order: head.order, at, detail: with_payment(head, detail(event)) }
}

fn subject(event: &Event) -> (&Head, kernel::Timestamp) {
    match event {
        Event::Requested(body) => (&body.head, body.at),
        Event::CaptureStarted(body) => (&body.head, body.at),
        Event::CaptureDeclined(body) => (&body.head, body.at),
        Event::Authorized(body) => (&body.head, body.at),
        Event::Captured(body) => (&body.head, body.at),
        Event::CapturedLate(body) | Event::DuplicateCaptured(body) => (&body.head, body.at),
        Event::RefundStarted(body) => (&body.head, body.at),
        Event::Refunded(body) => (&body.head, body.at),
        Event::RefundFailed(body) => (&body.head, body.at),
        Event::Failed(body) => (&body.head, body.at),
        Event::Voided(body) => (&body.head, body.at),
        Event::Expired(body) => (&body.head, body.at),
    }
}

fn with_payment(head: &Head, mut detail: Value) -> Value {
    if let Some(fields) = detail.as_object_mut() {
        fields.insert("payment".to_owned(), json!(head.payment));
    }
    detail
}

fn detail(event: &Event) -> Value {
    match event {
        Event::Requested(body) => json!({ "amount_minor": body.amount, "methods": asked(&body.tenders) }),
        Event::CaptureStarted(body) => {
            json!({ "attempt": body.attempt, "awaits_deposit": body.awaits_deposit })
        }
        Event::CaptureDeclined(body) => json!({ "attempt": body.attempt, "reason": body.reason }),
        Event::Authorized(body) => json!({ "amount_minor": body.amount }),
        Event::Captured(body) => json!({ "amount_minor": body.amount, "methods": taken(&body.tenders) }),
        Event::CapturedLate(body) | Event::DuplicateCaptured(body) => json!({ "amount_minor": body.amount }),
        Event::RefundStarted(body) => {
            json!({ "refund": body.refund, "claim": body.claim, "cause": body.cause, "amount_minor": body.amount })
        }
        Event::Refunded(body) => {
            json!({ "refund": body.refund, "claim": body.claim, "cause": body.cause, "amount_minor": body.amount })
        }
        Event::RefundFailed(body) => {
            json!({ "refund": body.refund, "claim": body.claim, "cause": body.cause, "reason": body.reason })
        }
        Event::Failed(body) => json!({ "attempts": body.attempts, "reason": body.reason }),
        Event::Voided(body) => json!({ "reason": body.reason }),
        Event::Expired(_) => json!({}),
    }
}

fn asked(tenders: &[Tender]) -> Value {
    tenders.iter().map(|tender| json!(tender.method)).collect()
}

fn taken(tenders: &[TenderAmount]) -> Value {
    tenders.iter().map(|tender| json!(tender.method)).collect()
}
