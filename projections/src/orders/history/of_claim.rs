//! A claim's events in a few words.

use claim::Event;
use claim::event::Subject;
use serde_json::{Value, json};

use super::Note;

pub(super) fn note(event: &Event) -> Note {
    let (subject, at) = subject(event);
    Note { order: subject.order, at, detail: with_claim(subject, detail(event)) }
}

fn subject(event: &Event) -> (&Subject, kernel::Timestamp) {
    match event {
        Event::Requested(body) => (&body.subject, body.at),
        Event::Approved(body) => (&body.subject, body.at),
        Event::Accepted(body) => (&body.subject, body.at),
        Event::PickupRequested(body) => (&body.subject, body.at),
        Event::PickupDispatched(body) => (&body.subject, body.at),
        Event::Collected(body) => (&body.subject, body.at),
        Event::Inspected(body) => (&body.subject, body.at),
        Event::RefundStarted(body) => (&body.subject, body.at),
        Event::RefundFailed(body) => (&body.subject, body.at),
        Event::Completed(body) => (&body.subject, body.at),
        Event::Rejected(body) => (&body.subject, body.at),
        Event::Withdrawn(body) => (&body.subject, body.at),
        Event::Held(body) => (&body.subject, body.at),
        Event::Resumed(body) => (&body.subject, body.at),
    }
}

/// Every event says which claim and what it asks for.
fn with_claim(subject: &Subject, mut detail: Value) -> Value {
    if let Some(fields) = detail.as_object_mut() {
        fields.insert("claim".to_owned(), json!(subject.claim));
        fields.insert("kind".to_owned(), json!(subject.kind));
    }
    detail
}

fn detail(event: &Event) -> Value {
    match event {
        Event::Requested(body) => {
            json!({ "reason": body.subject.reason, "by": body.requested_by, "total_minor": body.quote.total })
        }
        Event::Approved(body) => json!({ "by": body.by }),
        Event::Accepted(body) => json!({ "by": body.by }),
        Event::PickupRequested(body) => json!({ "shipment": body.shipment }),
        Event::PickupDispatched(body) => json!({ "shipment": body.shipment }),
        Event::Collected(body) => json!({ "shipment": body.shipment }),
        Event::Inspected(body) => json!({ "verdict": body.result.verdict() }),
        Event::RefundStarted(body) => json!({ "refund": body.refund, "amount_minor": body.amount }),
        Event::RefundFailed(body) => json!({ "refund": body.refund, "amount_minor": body.amount }),
        Event::Completed(body) => json!({ "refund": body.refund, "amount_minor": body.amount }),
        Event::Rejected(body) => {
            json!({ "refusal": body.refusal, "by": body.by, "goods_go_back": body.goods_go_back })
        }
        Event::Withdrawn(body) => json!({ "by": body.by }),
        Event::Held(body) => json!({ "reason": body.hold, "duty": body.duty, "due": body.due }),
        Event::Resumed(body) => json!({ "reason": body.hold }),
    }
}
