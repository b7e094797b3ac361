//! What the claim saga hears of claims, payments and shipments. Never here: an answer.

use claim::event::Subject;
use claim::value::{ClaimedLine, Inspection, RestockLine};
use kernel::id::ClaimId;
use order::value::ClaimOutcome;
use shipping::shipment;
use shipping::shipment::value::Purpose;

use super::{Case, Event, Restock};
use crate::pieces::{Pieces, per_sku};

type Heard = Option<(ClaimId, Event)>;

pub(super) fn of_claim(event: &claim::Event) -> Heard {
    match event {
        claim::Event::Requested(body) => {
            let case = case(&body.subject, body.accepted);
            Some((case.claim, Event::Requested { case }))
        }
        claim::Event::Approved(body) => Some((body.subject.claim, Event::Approved)),
        claim::Event::Accepted(body) => Some((body.subject.claim, Event::Accepted)),
        claim::Event::PickupRequested(body) => {
            Some((body.subject.claim, Event::PickupRequested { shipment: body.shipment }))
        }
        claim::Event::Inspected(body) => {
            passed(&body.result, &body.restock).map(|event| (body.subject.claim, event))
        }
        claim::Event::RefundStarted(body) => {
            let (refund, amount_minor) = (body.refund, body.amount);
            Some((body.subject.claim, Event::RefundStarted { refund, amount_minor }))
        }
        claim::Event::Completed(body) => {
            Some((body.subject.claim, Event::Completed { pieces: pieces(&body.lines) }))
        }
        claim::Event::Rejected(body) => {
            Some((body.subject.claim, Event::Ended { outcome: ClaimOutcome::Refused }))
        }
        claim::Event::Withdrawn(body) => {
            Some((body.subject.claim, Event::Ended { outcome: ClaimOutcome::Withdrawn }))
        }
        claim::Event::Resumed(body) => Some((body.subject.claim, Event::Resumed)),
        claim::Event::RefundFailed(body) => {
            Some((body.subject.claim, Event::FailureRecorded { refund: body.refund }))
        }
        claim::Event::PickupDispatched(_) | claim::Event::Collected(_) | claim::Event::Held(_) => None,
    }
}

pub(super) fn of_payment(event: &payment::Event) -> Heard {
    match event {
        payment::Event::Refunded(body) => Some((body.claim?, Event::Refunded { refund: body.refund })),
        payment::Event::RefundFailed(body) => {
            Some((body.claim?, Event::RefundFailed { refund: body.refund }))
        }
        payment::Event::Requested(_)
        | payment::Event::CaptureStarted(_)
        | payment::Event::AuthenticationRequired(_)
        | payment::Event::CaptureDeclined(_)
        | payment::Event::Authorized(_)
        | payment::Event::Captured(_)
        | payment::Event::CashReceiptIssued(_)
        | payment::Event::CashReceiptCancelled(_)
        | payment::Event::CapturedLate(_)
        | payment::Event::DuplicateCaptured(_)
        | payment::Event::RefundStarted(_)
        | payment::Event::Failed(_)
        | payment::Event::Voided(_)
        | payment::Event::Expired(_) => None,
    }
}

pub(super) fn of_shipment(event: &shipment::Event) -> Heard {
    match event {
        shipment::Event::Delivered(body) => match body.head.purpose {
            Purpose::ReturnPickup { claim } => Some((claim, Event::PickupDelivered)),
            Purpose::Outbound => None,
        },
        shipment::Event::Dispatched(body) => match body.head.purpose {
            Purpose::ReturnPickup { claim } => {
                Some((claim, Event::PickupDispatched { shipment: body.head.shipment }))
            }
            Purpose::Outbound => None,
        },
        shipment::Event::Requested(_)
        | shipment::Event::Accepted(_)
        | shipment::Event::ScanRecorded(_)
        | shipment::Event::Lost(_)
        | shipment::Event::ReturnedToSender(_)
        | shipment::Event::DispatchDelayed(_)
        | shipment::Event::Cancelled(_) => None,
    }
}

const fn case(subject: &Subject, needs_merchant: bool) -> Case {
    Case {
        claim: subject.claim,
        order: subject.order,
        payment: subject.payment,
        asks_for: subject.kind,
        needs_merchant,
    }
}

fn passed(result: &Inspection, restock: &[RestockLine]) -> Option<Event> {
    match result {
        Inspection::Pass { .. } => {
            let line = |line: &RestockLine| Restock {
                sku: line.sku,
                resellable: line.resellable,
                damaged: line.damaged,
            };
            Some(Event::Passed { restock: restock.iter().map(line).collect() })
        }
        Inspection::Fail { .. } => None,
    }
}

fn pieces(lines: &[ClaimedLine]) -> Vec<Pieces> {
    per_sku(lines.iter().map(|line| (line.sku, line.quantity)))
}
