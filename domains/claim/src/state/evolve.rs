//! The fold: what each event makes of the state. It never fails and never decides.

use std::sync::Arc;

use super::{Case, HoldNote, Phase, State};
use crate::event::{Event, Held, Inspected, RefundFailed};
use crate::value::{Kind, Verdict};

/// Folds one event. An event before the request has nothing to change.
pub(crate) fn evolve(state: State, event: &Event) -> State {
    match state {
        State::Known(case) => State::Known(next(case, event)),
        State::Absent => opened(event),
    }
}

fn opened(event: &Event) -> State {
    if let Event::Requested(requested) = event { State::Known(Case::open(requested)) } else { State::Absent }
}

fn next(case: Case, event: &Event) -> Case {
    match event {
        Event::Requested(_) => case,
        Event::Approved(_) => moved(case, Phase::Approved),
        Event::Accepted(_) => moved(case, Phase::Accepted),
        Event::PickupRequested(body) => {
            let mut case = moved(case, Phase::PickupRequested { shipment: body.shipment });
            case.pickups.insert(body.shipment);
            Case { on_its_way: false, ..case }
        }
        Event::PickupDispatched(_) => Case { on_its_way: true, ..case },
        Event::Collected(body) => moved(case, Phase::Collected { shipment: body.shipment }),
        Event::Inspected(body) => inspected(case, body),
        Event::RefundStarted(body) => moved(case, Phase::Refunding { refund: body.refund }),
        Event::RefundFailed(body) => refund_failed(case, body),
        Event::Completed(body) => moved(case, Phase::Completed { refund: body.refund }),
        Event::Rejected(_) => over(case, Phase::Rejected),
        Event::Withdrawn(_) => over(case, Phase::Withdrawn),
        Event::Held(body) => held(case, body),
        Event::Resumed(_) => Case { hold: None, ..case },
    }
}

fn moved(case: Case, phase: Phase) -> Case {
    Case { phase, ..case }
}

fn over(case: Case, phase: Phase) -> Case {
    Case { phase, hold: None, ..case }
}

fn inspected(case: Case, body: &Inspected) -> Case {
    let phase = Phase::Inspected(body.result.verdict());
    Case { phase, inspection: Some(Arc::new(body.result.clone())), ..case }
}

/// Back to where a refund starts from.
fn refund_failed(mut case: Case, body: &RefundFailed) -> Case {
    case.failed_refunds.insert(body.refund);
    let phase = match case.kind() {
        Kind::Cancel => Phase::Approved,
        Kind::Return => Phase::Inspected(Verdict::Pass),
    };
    moved(case, phase)
}

fn held(case: Case, body: &Held) -> Case {
    Case { hold: Some(HoldNote { reason: body.hold, duty: body.duty, due: body.due }), ..case }
}
