//! Claim: a cancel or a return runs to its end, across order, stock, payment and shipping. One instance per claim.
//!
//! ```text
//!  cancel:  Requested, merchant asked ──▶ timer AutoApprove (3 days) ──fires──▶ Claim.Approve
//!           Approved ──▶ StopShipments ──▶ Claim.StartRefund
//!                            └ refused: already dispatched ──▶ Claim.Reject
//!  return:  Requested ──▶ timer AutoAccept (3 days) ──fires──▶ Claim.Accept
//!           Accepted ──▶ RequestPickup ··▶ pick-up shipment.Dispatched ──▶ Claim.RecordPickupDispatch
//!                                          pick-up shipment.Delivered ──▶ Claim.Collect
//!           Inspected, passed ──▶ Claim.StartRefund, Stock.Restock
//!  both:    RefundStarted ──▶ Payment.StartRefund ──refused──▶ Claim.RecordRefundFailure
//!           payment.Refunded ──▶ Claim.RecordRefund         payment.RefundFailed ──▶ Claim.RecordRefundFailure
//!           Completed ──▶ Order.CompleteClaim; a cancel also Stock.Release, RequestShipments of what is left
//!           Rejected, Withdrawn ──▶ Order.CloseClaim; a cancel also RequestShipments, a return Shipment.Cancel of a pick-up
//!           Resumed ──▶ whatever was refused because the claim was on hold
//! ```
//!
//! What comes after a failed inspection or a failed refund is a person's decision: an operator starts the next refund,
//! under the next name. Never here: an amount.

mod answer;
mod heard;

use std::collections::BTreeSet;

use chrono::TimeDelta;
use claim::value::Kind;
use eventstore::{ReadError, Recorded};
use kernel::Amount;
use kernel::id::{ClaimId, OrderId, PaymentId, RefundId, ShipmentId, SkuId};
use order::value::ClaimOutcome;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::pieces::Pieces;
use crate::{Effect, Input, Routes, Saga};

/// The name of a claim's n-th refund, from 1.
pub fn refund_id(claim: ClaimId, nth: usize) -> RefundId {
    RefundId(Uuid::new_v5(&claim.0, format!("refund/{nth}").as_bytes()))
}

/// How long a merchant may stay silent.
pub const SILENCE: TimeDelta = TimeDelta::days(3);

/// The saga.
#[derive(Debug, Clone, Copy)]
pub struct Claim;

/// What it hears.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// The claim was made.
    Requested {
        /// About what.
        case: Case,
    },
    /// A cancel was approved.
    Approved,
    /// A return was accepted.
    Accepted,
    /// The goods are to be picked up.
    PickupRequested {
        /// By this shipment.
        shipment: ShipmentId,
    },
    /// The carrier has the goods of a pick-up.
    PickupDispatched {
        /// By this shipment.
        shipment: ShipmentId,
    },
    /// A pick-up arrived at the merchant.
    PickupDelivered,
    /// The goods are what was claimed.
    Passed {
        /// What comes into stock.
        restock: Vec<Restock>,
    },
    /// Money is to go back.
    RefundStarted {
        /// Under which name.
        refund: RefundId,
        /// How much.
        amount_minor: Amount,
    },
    /// The payment gave it back.
    Refunded {
        /// Under which name.
        refund: RefundId,
    },
    /// The payment did not.
    RefundFailed {
        /// Under which name.
        refund: RefundId,
    },
    /// The claim knows that a refund failed, whether the payment refused it or the gateway.
    FailureRecorded {
        /// Under which name.
        refund: RefundId,
    },
    /// The claim is done.
    Completed {
        /// The pieces it was about.
        pieces: Vec<Pieces>,
    },
    /// It came to nothing.
    Ended {
        /// How.
        outcome: ClaimOutcome,
    },
    /// It goes on after a hold.
    Resumed,
}

/// What a claim is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// The claim.
    pub claim: ClaimId,
    /// The order.
    pub order: OrderId,
    /// The payment that the money goes back through.
    pub payment: PaymentId,
    /// Cancel or return.
    pub asks_for: Kind,
    /// Whether a merchant has to say yes.
    pub needs_merchant: bool,
}

/// Pieces that come back into stock, by condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restock {
    /// Which stock.
    pub sku: SkuId,
    /// Pieces that can be sold again.
    pub resellable: u32,
    /// Pieces that can't.
    pub damaged: u32,
}

/// Its timers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timer {
    /// The merchant said nothing to a cancel.
    AutoApprove,
    /// The merchant said nothing to a return.
    AutoAccept,
}

/// What it remembers.
#[derive(Debug, Clone, Default)]
pub struct State {
    case: Option<Case>,
    pickup: Option<ShipmentId>,
    refund: Option<RefundId>,
    failed_refunds: BTreeSet<RefundId>,
    on_hold: Option<Step>,
}

/// A step that a hold can keep from being taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Accept,
    RequestPickup,
    StartRefund,
}

impl Saga for Claim {
    const NAME: &'static str = "claim";
    const CONTEXTS: &'static [&'static str] = &["claim", "payment", "shipping"];
    type Key = ClaimId;
    type Event = Event;
    type Timer = Timer;
    type State = State;

    fn route(recorded: &Recorded) -> Result<Routes<Self>, ReadError> {
        let claims = recorded.events_of::<claim::Claim>()?.unwrap_or_default();
        let payments = recorded.events_of::<payment::Payment>()?.unwrap_or_default();
        let shipments = recorded.events_of::<shipping::Shipment>()?.unwrap_or_default();
        let routes = claims.iter().filter_map(heard::of_claim);
        let routes = routes.chain(payments.iter().filter_map(heard::of_payment));
        Ok(routes.chain(shipments.iter().filter_map(heard::of_shipment)).collect())
    }

    fn evolve(mut state: State, input: &Input<Event, Timer>) -> State {
        match input {
            Input::Event { event, .. } => happened(&mut state, event),
            Input::Rejected { command, code, .. } if code == "on_hold" => state.on_hold = step(command),
            Input::Rejected { .. } | Input::TimerFired { .. } => {}
        }
        state
    }

    fn react(state: &State, input: &Input<Event, Timer>) -> Vec<Effect<Timer>> {
        let Some(case) = state.case else { return Vec::new() };
        match input {
            Input::Event { event, .. } => answer::event(state, case, event, input),
            Input::TimerFired { timer, at } => vec![answer::silence(case, *timer, *at)],
            Input::Rejected { command, code, at } => answer::refusal(state, case, (command, code), *at),
        }
    }

    fn expects(command: &str, code: &str) -> bool {
        answer::expects(command, code)
    }
}

fn happened(state: &mut State, event: &Event) {
    match event {
        Event::Requested { case } => state.case = Some(*case),
        Event::Accepted => state.on_hold = None,
        Event::PickupRequested { shipment } => {
            state.pickup = Some(*shipment);
            state.on_hold = None;
        }
        Event::PickupDispatched { shipment } if state.pickup != Some(*shipment) => {}
        Event::PickupDispatched { .. } | Event::PickupDelivered => state.pickup = None,
        Event::RefundStarted { refund, .. } => {
            state.refund = Some(*refund);
            state.on_hold = None;
        }
        Event::RefundFailed { refund } | Event::FailureRecorded { refund } => {
            state.failed_refunds.insert(*refund);
        }
        Event::Approved
        | Event::Passed { .. }
        | Event::Refunded { .. }
        | Event::Completed { .. }
        | Event::Ended { .. }
        | Event::Resumed => {}
    }
}

/// The step that a refused command was to take.
fn step(command: &str) -> Option<Step> {
    match command {
        "claim.accept" => Some(Step::Accept),
        "request_pickup" => Some(Step::RequestPickup),
        "claim.start_refund" => Some(Step::StartRefund),
        _ => None,
    }
}
