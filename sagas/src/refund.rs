//! Refund: once the intent to give money back is in the log, the gateway is asked to. One instance per refund.
//!
//! ```text
//!  payment.RefundStarted ──▶ PayRefund
//!  payment.RefundFailed, of no claim ──▶ RefundAgain, which is parked until an operator has it tried
//! ```
//!
//! What became of a claim's refund is the claim's business; of the others nobody else would hear. Never here: an amount, or whom it goes to.

use eventstore::{ReadError, Recorded};
use kernel::id::{PaymentId, RefundId};
use serde::{Deserialize, Serialize};

use crate::{Effect, Errand, Input, NoTimer, Routes, Saga};

/// The saga.
#[derive(Debug, Clone, Copy)]
pub struct Refund;

/// What it hears: money is to go back, or did not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Out of which payment.
    pub payment: PaymentId,
    /// Under which name.
    pub refund: RefundId,
    /// Whether it did not, and no claim minds.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub failed: bool,
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
        Ok(events.iter().filter_map(of_payment).collect())
    }

    fn evolve(state: State, _: &Input<Event, NoTimer>) -> State {
        state
    }

    fn react(_: &State, input: &Input<Event, NoTimer>) -> Vec<Effect<NoTimer>> {
        match input {
            Input::Event { event: Event { payment, refund, failed }, at } => {
                let (payment, refund, at) = (*payment, *refund, *at);
                let pay = Errand::PayRefund { payment, refund, at };
                vec![Effect::issue(if *failed { Errand::RefundAgain { payment, refund, at } } else { pay })]
            }
            Input::TimerFired { .. } | Input::Rejected { .. } => Vec::new(),
        }
    }

    /// Nothing that is refused here may be forgotten: each refusal is a person's turn.
    fn expects(_: &str, _: &str) -> bool {
        false
    }
}

fn of_payment(event: &payment::Event) -> Option<(RefundId, Event)> {
    match event {
        payment::Event::RefundStarted(body) => {
            Some((body.refund, Event { payment: body.head.payment, refund: body.refund, failed: false }))
        }
        payment::Event::RefundFailed(body) if body.claim.is_none() => {
            Some((body.refund, Event { payment: body.head.payment, refund: body.refund, failed: true }))
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
        | payment::Event::Refunded(_)
        | payment::Event::RefundFailed(_)
        | payment::Event::Failed(_)
        | payment::Event::Voided(_)
        | payment::Event::Expired(_) => None,
    }
}
