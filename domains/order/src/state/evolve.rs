//! Folding: one event, one step. It never fails and never decides; events say all that there is to know.

use std::collections::BTreeMap;
use std::sync::Arc;

use kernel::Timestamp;
use kernel::id::{ClaimId, ShipmentId};

use super::{
    AcceptedGift, Claim, ClaimStatus, Confirmation, Gift, Hold, Line, Phase, Shipment, Stage, State,
};
use crate::event::{
    ClaimOpened, ClaimRefundStarted, ClaimedLine, ConfirmedLine, Event, GiftAccepted, MovedLine, Placed,
    Taken,
};
use crate::value::LineNo;

/// The state after an event.
pub(crate) fn evolve(mut state: State, event: &Event) -> State {
    match event {
        Event::Placed(body) => state = placed(body),
        Event::Paid(body) => {
            state.phase = Phase::Paid;
            state.paid_at = Some(body.at);
            state.gift = body.accept_by.map(|accept_by| Gift::Waiting { accept_by });
        }
        Event::Expired(_) => state.ended(Phase::Expired),
        Event::Cancelled(_) => state.ended(Phase::Cancelled),
        Event::GiftAccepted(body) => state.gift = Some(Gift::Accepted(accepted(body))),
        Event::GiftEnded(body) => state.gift = Some(Gift::Ended(body.ending)),
        Event::LinesPrepared(body) => state.moved(body.shipment, Stage::Prepared, &body.lines),
        Event::LinesShipped(body) => state.moved(body.shipment, Stage::Shipped, &body.lines),
        Event::LinesDelivered(body) => state.moved(body.shipment, Stage::Delivered, &body.lines),
        Event::LinesLost(body) => state.moved(body.shipment, Stage::Lost, &body.lines),
        Event::LinesConfirmed(body) => state.confirmed(&body.lines, body.at),
        Event::ConfirmationHeld(body) => state.hold = Some(Hold { until: body.until }),
        Event::HoldReleased(_) => state.hold = None,
        Event::ClaimOpened(body) => state.claim_opened(body),
        Event::ClaimRefundStarted(body) => state.refund_started(body),
        Event::ClaimClosed(body) => {
            state.claim_over(body.claim, ClaimStatus::Closed(body.outcome));
            state.each_claimed(&body.lines, |line, claimed| line.let_go(claimed.run(), claimed.from));
        }
        Event::ClaimCompleted(body) => {
            state.claim_over(body.claim, ClaimStatus::Completed);
            state.each_claimed(&body.lines, |line, claimed| line.finish(body.kind, claimed.from));
        }
        Event::Closed(_) => state.ended(Phase::Closed),
    }
    state
}

fn placed(body: &Placed) -> State {
    let lines: BTreeMap<LineNo, Line> =
        body.lines.iter().map(|line| (line.line, Line::ordered(line.quantity.get()))).collect();
    let gift = body.gift.is_some().then_some(Gift::Unpaid);
    let placed = Some(Arc::new(body.clone()));
    State { phase: Phase::PendingPayment, placed, gift, lines, ..State::default() }
}

fn accepted(body: &GiftAccepted) -> AcceptedGift {
    let GiftAccepted { recipient, memo, at, .. } = body.clone();
    AcceptedGift { recipient, memo, at }
}

impl Stage {
    /// How a line's pieces move when a shipment reaches this stage.
    const fn mover(self) -> fn(&mut Line, Taken) {
        match self {
            Self::Prepared => Line::prepare,
            Self::Shipped => Line::ship,
            Self::Lost => Line::lose,
            Self::Delivered => Line::deliver,
        }
    }
}

impl State {
    fn ended(&mut self, phase: Phase) {
        self.phase = phase;
        self.gift = self.gift.take().map(Gift::with_its_order_over);
    }

    fn moved(&mut self, shipment: ShipmentId, stage: Stage, lines: &[MovedLine]) {
        let move_on = stage.mover();
        for moved in lines {
            if let Some(line) = self.lines.get_mut(&moved.line) {
                move_on(line, moved.from);
            }
        }
        self.shipments.insert(shipment, Shipment::at(stage, lines));
    }

    fn confirmed(&mut self, lines: &[ConfirmedLine], at: Timestamp) {
        let mut pieces: BTreeMap<LineNo, u32> = BTreeMap::new();
        for confirmed in lines {
            *pieces.entry(confirmed.line).or_default() += confirmed.quantity.get();
            if let Some(line) = self.lines.get_mut(&confirmed.line) {
                line.confirm(confirmed.run(), at);
            }
        }
        self.confirmation = Some(Confirmation { pieces, at });
    }

    fn claim_opened(&mut self, body: &ClaimOpened) {
        let claim =
            Claim { kind: body.kind, lines: body.lines.clone(), status: ClaimStatus::Open, fees: Vec::new() };
        self.claims.insert(body.claim, claim);
        self.each_claimed(&body.lines, |line, claimed| line.hold(claimed.run(), claimed.from));
    }

    fn refund_started(&mut self, body: &ClaimRefundStarted) {
        if let Some(claim) = self.claims.get_mut(&body.claim) {
            claim.status = ClaimStatus::Refunding;
            claim.fees.clone_from(&body.fees);
        }
    }

    fn claim_over(&mut self, claim: ClaimId, status: ClaimStatus) {
        if let Some(claim) = self.claims.get_mut(&claim) {
            claim.status = status;
        }
    }

    fn each_claimed(&mut self, lines: &[ClaimedLine], step: impl Fn(&mut Line, &ClaimedLine)) {
        for claimed in lines {
            if let Some(line) = self.lines.get_mut(&claimed.line) {
                step(line, claimed);
            }
        }
    }
}
