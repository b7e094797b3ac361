//! What the claim saga wants done. Never here: what it remembers.

use claim::command::{
    Accept, Approve, Collect, RecordPickupDispatch, RecordRefund, RecordRefundFailure, Reject, StartRefund,
};
use claim::value::{Kind, Party, Refusal};
use kernel::id::{OrderId, RefundId, SkuId};
use kernel::{Amount, Quantity, Timestamp};
use order::command::{CloseClaim, CompleteClaim};
use order::value::ClaimOutcome;
use product::stock;
use product::stock::value::Condition;
use shipping::shipment;
use shipping::shipment::value::CancelReason;

use super::{Case, Event, Restock, SILENCE, State, Step, Timer, refund_id};
use crate::pieces::{self, Pieces};
use crate::{Command, Effect, Errand, Input};

type Effects = Vec<Effect<Timer>>;

pub(super) fn event(state: &State, case: Case, event: &Event, input: &Input<Event, Timer>) -> Effects {
    let at = input.at();
    match event {
        Event::Requested { .. } => timer(case)
            .map(|timer| Effect::StartTimer { timer, at: input.after(SILENCE) })
            .into_iter()
            .collect(),
        Event::Approved => approved(state, case, at),
        Event::Accepted => without_timer(case, [Effect::issue(pickup(case, at))]),
        Event::PickupRequested { .. } | Event::FailureRecorded { .. } => Vec::new(),
        Event::PickupDispatched { shipment } => {
            let record = RecordPickupDispatch { shipment: *shipment, at };
            vec![to(case, claim::Command::RecordPickupDispatch(record))]
        }
        Event::PickupDelivered => vec![to(case, claim::Command::Collect(Collect { at }))],
        Event::Passed { restock } => passed(state, case, restock, at),
        Event::RefundStarted { refund, amount_minor } => vec![pay_back(case, *refund, *amount_minor, at)],
        Event::Refunded { refund } => {
            vec![to(case, claim::Command::RecordRefund(RecordRefund { refund: *refund, at }))]
        }
        Event::RefundFailed { refund } => vec![refund_failed(case, *refund, at)],
        Event::Completed { pieces } => completed(case, pieces, at),
        Event::Ended { outcome } => ended(state, case, *outcome, at),
        Event::Resumed => state.on_hold.map(|step| go_on(state, case, step, input)).into_iter().collect(),
    }
}

/// The merchant stayed silent: the answer is yes.
pub(super) fn silence(case: Case, timer: Timer, at: Timestamp) -> Effect<Timer> {
    let by = Party::System;
    match timer {
        Timer::AutoApprove => to(case, claim::Command::Approve(Approve { by, at })),
        Timer::AutoAccept => to(case, claim::Command::Accept(Accept { by, at })),
    }
}

pub(super) fn refusal(state: &State, case: Case, (command, code): (&str, &str), at: Timestamp) -> Effects {
    match (command, code) {
        ("stop_shipments", "already_dispatched") => {
            let reject = Reject { refusal: Refusal::AlreadyDispatched, by: Party::System, at };
            vec![to(case, claim::Command::Reject(reject))]
        }
        ("payment.start_refund", _) => {
            state.refund.map(|refund| refund_failed(case, refund, at)).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Besides what it answers or waits for: a person moved the claim on meanwhile, which its own events tell.
pub(super) fn expects(command: &str, code: &str) -> bool {
    match code {
        "already_dispatched" => matches!(command, "stop_shipments" | "shipment.cancel"),
        "on_hold" => super::step(command).is_some(),
        "wrong_phase" => {
            matches!(command, "claim.approve" | "claim.accept" | "claim.reject" | "request_pickup")
        }
        _ => command == "payment.start_refund",
    }
}

/// The timer for a merchant who has to say yes.
const fn timer(case: Case) -> Option<Timer> {
    match (case.needs_merchant, case.asks_for) {
        (false, _) => None,
        (true, Kind::Cancel) => Some(Timer::AutoApprove),
        (true, Kind::Return) => Some(Timer::AutoAccept),
    }
}

fn without_timer(case: Case, effects: impl IntoIterator<Item = Effect<Timer>>) -> Effects {
    timer(case).map(|timer| Effect::CancelTimer { timer }).into_iter().chain(effects).collect()
}

/// The money goes back only once the shipments are stopped.
fn approved(state: &State, case: Case, at: Timestamp) -> Effects {
    let stop = Effect::issue(Errand::StopShipments { claim: case.claim, at });
    without_timer(case, [stop, start_refund(state, case, at)])
}

/// The goods are in stock again, whatever keeps the money.
fn passed(state: &State, case: Case, restock: &[Restock], at: Timestamp) -> Effects {
    let refund = start_refund(state, case, at);
    let restock = restock.iter().flat_map(|line| {
        let Restock { sku, resellable, damaged } = *line;
        let by_condition = [(resellable, Condition::Resellable), (damaged, Condition::Damaged)];
        by_condition.into_iter().filter_map(move |(count, condition)| back(case, sku, (count, condition), at))
    });
    std::iter::once(refund).chain(restock).collect()
}

fn back(
    case: Case,
    sku: SkuId,
    (count, condition): (u32, Condition),
    at: Timestamp,
) -> Option<Effect<Timer>> {
    let quantity = Quantity::new(count).ok()?;
    let restock = stock::command::Restock { claim: case.claim, quantity, condition, at };
    Some(Effect::apart(Command::Stock { sku, command: stock::Command::Restock(restock) }))
}

/// What a hold kept from happening; a silent merchant gets their time once more.
fn go_on(state: &State, case: Case, step: Step, input: &Input<Event, Timer>) -> Effect<Timer> {
    match step {
        Step::Accept => Effect::StartTimer { timer: Timer::AutoAccept, at: input.after(SILENCE) },
        Step::RequestPickup => Effect::issue(pickup(case, input.at())),
        Step::StartRefund => start_refund(state, case, input.at()),
    }
}

fn start_refund(state: &State, case: Case, at: Timestamp) -> Effect<Timer> {
    let refund = refund_id(case.claim, state.failed_refunds.len().saturating_add(1));
    to(case, claim::Command::StartRefund(StartRefund { refund, at }))
}

fn pickup(case: Case, at: Timestamp) -> Command {
    Errand::RequestPickup { claim: case.claim, at }.into()
}

fn pay_back(case: Case, refund: RefundId, amount: Amount, at: Timestamp) -> Effect<Timer> {
    let key = refund.to_string();
    let reason_claim = Some(case.claim);
    let refund = payment::StartRefund { refund, amount, reason_claim, stray: None, key, at };
    let command = payment::Command::StartRefund(refund);
    Effect::issue(Command::Payment { payment: case.payment, command })
}

fn refund_failed(case: Case, refund: RefundId, at: Timestamp) -> Effect<Timer> {
    to(case, claim::Command::RecordRefundFailure(RecordRefundFailure { refund, at }))
}

/// Cancelled pieces go back to sale, each by itself: of a parcel that was lost, the stock keeps none. What is left of their shipments is planned anew.
fn completed(case: Case, cancelled: &[Pieces], at: Timestamp) -> Effects {
    let Case { claim, order, .. } = case;
    let complete = order::Command::CompleteClaim(CompleteClaim { claim, at });
    let complete = Effect::issue(Command::Order { order, command: complete });
    match case.asks_for {
        Kind::Return => vec![complete],
        Kind::Cancel => {
            let released = cancelled.iter().map(|&kept| Effect::apart(pieces::release(order, kept, at)));
            let rest = Errand::RequestShipments { order, replanned_for: Some(claim), at };
            std::iter::once(complete).chain(released).chain([Effect::apart(rest)]).collect()
        }
    }
}

/// The pieces are free again. A cancel's may have been in a shipment that was called off meanwhile, for this claim or
/// for another: what no shipment has is planned anew.
fn ended(state: &State, case: Case, outcome: ClaimOutcome, at: Timestamp) -> Effects {
    let Case { claim, order, .. } = case;
    let close = close(order, CloseClaim { claim, outcome, at });
    let rest = Errand::RequestShipments { order, replanned_for: Some(claim), at };
    let rest = (case.asks_for == Kind::Cancel).then(|| Effect::issue(rest));
    let no_pickup = state.pickup.map(|shipment| {
        let cancel = shipment::command::Cancel { reason: CancelReason::ClaimEnded, at };
        let command = shipment::Command::Cancel(cancel);
        Effect::apart(Command::Shipment { shipment, command })
    });
    without_timer(case, std::iter::once(close).chain(rest).chain(no_pickup))
}

fn close(order: OrderId, close: CloseClaim) -> Effect<Timer> {
    Effect::issue(Command::Order { order, command: order::Command::CloseClaim(close) })
}

fn to(case: Case, command: claim::Command) -> Effect<Timer> {
    Effect::issue(Command::Claim { claim: case.claim, command })
}
