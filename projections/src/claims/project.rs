//! What a commit means for the claim tables. Pure.

use claim::event::{Completed, Requested, Subject};
use claim::state::Phase;
use claim::value::{ClaimedLine, Kind, Verdict};
use claim::{Claim as Aggregate, Event};
use eventstore::{ReadError, Recorded};
use kernel::Amount;
use kernel::id::ClaimId;

use super::row::{Claim, ClaimChange, ClaimLine, HoldChange, Row};
use crate::checkpoint::position;

/// The rows of one commit.
pub(super) fn project(recorded: &Recorded) -> Result<Vec<Row>, ReadError> {
    let events = recorded.events_of::<Aggregate>()?.unwrap_or_default();
    let position = position(recorded.seq);
    Ok(events.iter().map(|event| row(position, event)).collect())
}

fn row(position: i64, event: &Event) -> Row {
    let none = |subject: &Subject| ClaimChange::none(subject.claim, position);
    let now = |subject: &Subject, phase: Phase| ClaimChange { phase: Some(phase.name()), ..none(subject) };
    let change = match event {
        Event::Requested(body) => return requested(body, position),
        Event::Approved(body) => now(&body.subject, Phase::Approved),
        Event::Accepted(body) => now(&body.subject, Phase::Accepted),
        Event::PickupRequested(body) => {
            let phase = Phase::PickupRequested { shipment: body.shipment };
            ClaimChange { pickup: Some(body.shipment), ..now(&body.subject, phase) }
        }
        Event::PickupDispatched(body) => none(&body.subject),
        Event::Collected(body) => now(&body.subject, Phase::Collected { shipment: body.shipment }),
        Event::Inspected(body) => now(&body.subject, Phase::Inspected(body.result.verdict())),
        Event::RefundStarted(body) => {
            let phase = Phase::Refunding { refund: body.refund };
            ClaimChange { refund: Some(body.refund), ..now(&body.subject, phase) }
        }
        Event::RefundFailed(body) => now(&body.subject, before_refund(body.subject.kind)),
        Event::Completed(body) => completed(body, position),
        Event::Rejected(body) => ClaimChange {
            refusal: Some(body.refusal),
            closed_at: Some(body.at),
            hold: HoldChange::over(),
            ..now(&body.subject, Phase::Rejected)
        },
        Event::Withdrawn(body) => ClaimChange {
            closed_at: Some(body.at),
            hold: HoldChange::over(),
            ..now(&body.subject, Phase::Withdrawn)
        },
        Event::Held(body) => {
            let hold = HoldChange {
                changes: true,
                reason: Some(body.hold),
                duty: Some(body.duty),
                due: Some(body.due),
            };
            ClaimChange { hold, ..none(&body.subject) }
        }
        Event::Resumed(body) => ClaimChange { hold: HoldChange::over(), ..none(&body.subject) },
    };
    Row::Changed(change)
}

/// Where a claim stands again after its refund failed.
const fn before_refund(kind: Kind) -> Phase {
    match kind {
        Kind::Cancel => Phase::Approved,
        Kind::Return => Phase::Inspected(Verdict::Pass),
    }
}

fn completed(body: &Completed, position: i64) -> ClaimChange {
    ClaimChange {
        phase: Some(Phase::Completed { refund: body.refund }.name()),
        refund: body.refund,
        refunded_minor: Some(body.amount),
        closed_at: Some(body.at),
        ..ClaimChange::none(body.subject.claim, position)
    }
}

fn requested(body: &Requested, position: i64) -> Row {
    let (subject, quote) = (&body.subject, &body.quote);
    let claim = Claim {
        order_id: subject.order,
        payment: subject.payment,
        mall: subject.mall.clone(),
        member: subject.member,
        currency: subject.currency,
        kind: subject.kind,
        reason: subject.reason,
        fault: subject.fault,
        requested_by: body.requested_by,
        accepted: body.accepted,
        goods_minor: quote.goods,
        shipping_minor: quote.shipping,
        return_fee_minor: quote.return_fee,
        shipping_deducted_minor: quote.shipping_deducted,
        total_minor: quote.total,
        unpaid_fee_minor: quote.unpaid_fee,
        requested_at: body.at,
        change: ClaimChange {
            phase: Some(Phase::Requested.name()),
            refunded_minor: Some(Amount::ZERO),
            ..ClaimChange::none(subject.claim, position)
        },
    };
    let lines = body.claimed().iter().map(|line| claim_line(subject.claim, line)).collect();
    Row::Requested(Box::new(claim), lines)
}

fn claim_line(claim: ClaimId, line: &ClaimedLine) -> ClaimLine {
    ClaimLine {
        claim,
        line_no: line.line,
        first_piece: line.first_piece,
        group_no: line.group,
        sku: line.sku,
        merchant: line.merchant,
        quantity: line.quantity.get(),
        amount_minor: line.amount,
    }
}
