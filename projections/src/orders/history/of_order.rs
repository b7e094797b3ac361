//! The order's own events in a few words.

use order::Event;
use order::event::{ClaimedLine, ConfirmedLine, MovedLine};
use serde_json::{Value, json};

use super::Note;

pub(super) fn note(event: &Event) -> Note {
    let (order, at) = subject(event);
    Note { order, at, detail: detail(event) }
}

fn subject(event: &Event) -> (kernel::id::OrderId, kernel::Timestamp) {
    match event {
        Event::Placed(body) => (body.order, body.at),
        Event::Paid(body) => (body.order, body.at),
        Event::Expired(body) => (body.order, body.at),
        Event::Cancelled(body) => (body.order, body.at),
        Event::LinesPrepared(body) => (body.order, body.at),
        Event::LinesShipped(body) => (body.order, body.at),
        Event::LinesDelivered(body) => (body.order, body.at),
        Event::LinesLost(body) => (body.order, body.at),
        Event::LinesConfirmed(body) => (body.order, body.at),
        Event::ConfirmationHeld(body) => (body.order, body.at),
        Event::HoldReleased(body) => (body.order, body.at),
        Event::ClaimOpened(body) => (body.order, body.at),
        Event::ClaimClosed(body) => (body.order, body.at),
        Event::ClaimCompleted(body) => (body.order, body.at),
        Event::Closed(body) => (body.order, body.at),
    }
}

fn detail(event: &Event) -> Value {
    match event {
        Event::Placed(body) => {
            json!({ "total_minor": body.total, "currency": body.currency, "lines": body.lines.len() })
        }
        Event::Paid(body) => json!({ "payment": body.payment, "total_minor": body.total }),
        Event::Expired(body) => json!({ "payment": body.payment }),
        Event::Cancelled(body) => json!({ "reason": body.reason }),
        Event::LinesPrepared(body) => json!({ "shipment": body.shipment, "lines": moved(&body.lines) }),
        Event::LinesShipped(body) => json!({ "shipment": body.shipment, "lines": moved(&body.lines) }),
        Event::LinesDelivered(body) => json!({ "shipment": body.shipment, "lines": moved(&body.lines) }),
        Event::LinesLost(body) => json!({ "shipment": body.shipment, "lines": moved(&body.lines) }),
        Event::LinesConfirmed(body) => json!({ "by": body.by, "lines": confirmed(&body.lines) }),
        Event::ConfirmationHeld(body) => json!({ "until": body.until }),
        Event::HoldReleased(_) | Event::Closed(_) => json!({}),
        Event::ClaimOpened(body) => {
            json!({ "claim": body.claim, "kind": body.kind, "lines": claimed(&body.lines) })
        }
        Event::ClaimClosed(body) => {
            json!({ "claim": body.claim, "kind": body.kind, "outcome": body.outcome })
        }
        Event::ClaimCompleted(body) => {
            json!({ "claim": body.claim, "kind": body.kind, "lines": claimed(&body.lines) })
        }
    }
}

fn moved(lines: &[MovedLine]) -> Value {
    lines.iter().map(|line| json!({ "line": line.line, "quantity": line.quantity })).collect()
}

fn confirmed(lines: &[ConfirmedLine]) -> Value {
    lines.iter().map(|line| json!({ "line": line.line, "quantity": line.quantity })).collect()
}

fn claimed(lines: &[ClaimedLine]) -> Value {
    lines.iter().map(|line| json!({ "line": line.line, "quantity": line.quantity })).collect()
}
