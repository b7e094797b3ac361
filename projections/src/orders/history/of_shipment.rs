//! A shipment's events in a few words.

use serde_json::{Value, json};
use shipping::shipment::Event;
use shipping::shipment::value::Head;

use super::Note;

pub(super) fn note(event: &Event) -> Note {
    let (head, at) = subject(event);
    Note { order: head.order, at, detail: with_shipment(head, detail(event)) }
}

fn subject(event: &Event) -> (&Head, kernel::Timestamp) {
    match event {
        Event::Requested(body) => (&body.head, body.at),
        Event::Accepted(body) => (&body.head, body.at),
        Event::Dispatched(body) => (&body.head, body.at),
        Event::ScanRecorded(body) => (&body.head, body.occurred_at),
        Event::Delivered(body) => (&body.head, body.at),
        Event::Lost(body) => (&body.head, body.at),
        Event::ReturnedToSender(body) => (&body.head, body.at),
        Event::DispatchDelayed(body) => (&body.head, body.at),
        Event::Cancelled(body) => (&body.head, body.at),
    }
}

/// Every event says which shipment, of which merchant, and why the goods travel.
fn with_shipment(head: &Head, mut detail: Value) -> Value {
    if let Some(fields) = detail.as_object_mut() {
        fields.insert("shipment".to_owned(), json!(head.shipment));
        fields.insert("merchant".to_owned(), json!(head.merchant));
        fields.insert("purpose".to_owned(), json!(head.purpose));
    }
    detail
}

fn detail(event: &Event) -> Value {
    match event {
        Event::Requested(body) => json!({ "dispatch_due": body.dispatch_due }),
        Event::Dispatched(body) => {
            json!({ "carrier": body.carrier, "tracking_number": body.tracking_number })
        }
        Event::ScanRecorded(body) => json!({ "status": body.status, "late": body.late }),
        Event::DispatchDelayed(body) => json!({ "reason": body.reason_code, "text": body.text }),
        Event::Cancelled(body) => json!({ "reason": body.reason }),
        Event::Accepted(_) | Event::Delivered(_) | Event::Lost(_) | Event::ReturnedToSender(_) => json!({}),
    }
}
