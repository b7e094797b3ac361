//! Refund: once the intent to give money back is in the log, the gateway is asked to. One instance per refund.
//!
//! ```text
//!  payment.RefundStarted ──▶ PayRefund
//! ```
//!
//! The outcome is the payment's business. Never here: an amount, or whom it goes to.

use eventstore::{ReadError, Recorded};
use kernel::id::{PaymentId, RefundId};
use serde::{Deserialize, Serialize};

use crate::{Effect, Errand, Input, NoTimer, Routes, Saga};

/// The saga.
#[derive(Debug, Clone, Copy)]
pub struct Refund;

/// What it hears: money is to go back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Out of which payment.
    pub payment: PaymentId,
    /// Under which name.
    pub refund: RefundId,
}

/// What it remembers: nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct State;

impl Saga for Refund {
    const NAME: &'static str = "refund";
    const CONTEXTS: &'static [&'static str] = &["payment"];
    type Key = RefundId;
    type Event = Event;
    type Timer = NoTimer;
    type State = State;

    fn route(recorded: &Recorded) -> Result<Routes<Self>, ReadError> {
        let events = recorded.events_of::<payment::Payment>()?.unwrap_or_default();
        Ok(events.iter().filter_map(started).collect())
    }

    fn evolve(state: State, _: &Input<Event, NoTimer>) -> State {
        state
    }

    fn react(_: &State, input: &Input<Event, NoTimer>) -> Vec<Effect<NoTimer>> {
        match input {
            Input::Event { event: Event { payment, refund }, at } => {
                vec![Effect::issue(Errand::PayRefund { payment: *payment, refund: *refund, at: *at })]
            }
            Input::TimerFired { .. } | Input::Rejected { .. } => Vec::new(),
        }
    }

    /// Nothing that is refused here may be forgotten: each refusal is a person's turn.
    fn expects(_: &str, _: &str) -> bool {
        false
    }
}

fn started(event: &payment::Event) -> Option<(RefundId, Event)> {
    match event {
        payment::Event::RefundStarted(body) => {
            Some((body.refund, Event { payment: body.head.payment, refund: body.refund }))
        }
        payment::Event::Requested(_)
        | payment::Event::CaptureStarted(_)
        | payment::Event::CaptureDeclined(_)
        | payment::Event::Authorized(_)
        | payment::Event::Captured(_)
        | payment::Event::CapturedLate(_)
        | payment::Event::DuplicateCaptured(_)
        | payment::Event::Refunded(_)
        | payment::Event::RefundFailed(_)
        | payment::Event::Failed(_)
        | payment::Event::Voided(_)
        | payment::Event::Expired(_) => None,
    }
}
