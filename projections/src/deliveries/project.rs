//! What a commit means for the shipment tables. Pure.

use eventstore::{ReadError, Recorded};
use shipping::Shipment as Aggregate;
use shipping::shipment::event::{Requested, ScanRecorded};
use shipping::shipment::value::Head;
use shipping::shipment::{Event, Purpose, Status};

use super::row::{Row, Scan, Shipment, ShipmentChange, ShipmentLine};
use crate::checkpoint::position;

/// The rows of one commit. A delivery policy's commit has none.
pub(super) fn project(recorded: &Recorded) -> Result<Vec<Row>, ReadError> {
    let events = recorded.events_of::<Aggregate>()?.unwrap_or_default();
    let position = position(recorded.seq);
    Ok(events.iter().flat_map(|event| rows(position, event)).collect())
}

fn rows(position: i64, event: &Event) -> Vec<Row> {
    if let Event::Requested(body) = event {
        return vec![requested(body, position)];
    }
    let changed = Row::Changed(Box::new(change(position, event)));
    match event {
        Event::ScanRecorded(body) => vec![changed, scanned(body, position)],
        Event::Requested(_)
        | Event::Accepted(_)
        | Event::Dispatched(_)
        | Event::Delivered(_)
        | Event::Lost(_)
        | Event::ReturnedToSender(_)
        | Event::DispatchDelayed(_)
        | Event::Cancelled(_) => vec![changed],
    }
}

/// What an event changes in a shipment.
fn change(position: i64, event: &Event) -> ShipmentChange {
    let none = |head: &Head| ShipmentChange::none(head.shipment, position);
    let now = |head: &Head, status| ShipmentChange { status: Some(status), ..none(head) };
    match event {
        Event::Requested(body) => now(&body.head, Status::Requested),
        Event::Accepted(body) => {
            ShipmentChange { accepted_at: Some(body.at), ..now(&body.head, Status::Accepted) }
        }
        Event::Dispatched(body) => ShipmentChange {
            carrier: Some(body.carrier.to_string()),
            tracking_number: Some(body.tracking_number.to_string()),
            dispatched_at: Some(body.at),
            ..now(&body.head, Status::Dispatched)
        },
        Event::ScanRecorded(body) => now(&body.head, body.shipment_status),
        Event::Delivered(body) => {
            ShipmentChange { delivered_at: Some(body.at), ..now(&body.head, Status::Delivered) }
        }
        Event::Lost(body) => now(&body.head, Status::Lost),
        Event::ReturnedToSender(body) => now(&body.head, Status::ReturnedToSender),
        Event::DispatchDelayed(body) => ShipmentChange {
            delay_reason: Some(body.reason_code),
            delay_text: Some(body.text.to_string()),
            ..none(&body.head)
        },
        Event::Cancelled(body) => ShipmentChange {
            cancel_reason: Some(body.reason),
            cancelled_at: Some(body.at),
            ..now(&body.head, Status::Cancelled)
        },
    }
}

fn requested(body: &Requested, position: i64) -> Row {
    let head = &body.head;
    let (purpose, claim) = match head.purpose {
        Purpose::Outbound => ("outbound", None),
        Purpose::ReturnPickup { claim } => ("return_pickup", Some(claim)),
    };
    let shipment = Shipment {
        order_id: head.order,
        group_no: head.group,
        merchant: head.merchant,
        mall: head.mall.clone(),
        purpose,
        claim,
        dispatch_due: body.dispatch_due,
        requested_at: body.at,
        recipient: body.recipient.clone(),
        change: ShipmentChange {
            status: Some(Status::Requested),
            ..ShipmentChange::none(head.shipment, position)
        },
    };
    Row::Requested(Box::new(shipment), lines(head))
}

fn lines(head: &Head) -> Vec<ShipmentLine> {
    let line = |line: &shipping::shipment::ShipmentLine| ShipmentLine {
        shipment: head.shipment,
        line_no: line.line,
        sku: line.sku,
        quantity: line.quantity.get(),
    };
    head.lines.iter().map(line).collect()
}

fn scanned(body: &ScanRecorded, position: i64) -> Row {
    Row::Scanned(Scan {
        shipment: body.head.shipment,
        scan: body.scan.to_string(),
        status: body.status,
        late: body.late,
        occurred_at: body.occurred_at,
        recorded_at: body.at,
        position,
    })
}
