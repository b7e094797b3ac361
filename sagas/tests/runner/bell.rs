//! The smallest things that need a coordinator: a bell that is rung, and a saga that answers by the ring's number.

use eventstore::{ReadError, Recorded};
use kernel::id::{OrderId, PaymentId, RefundId, StatementId};
use kernel::{Decider, RejectionKind, Timestamp};
use sagas::{Effect, Errand, Input, Routes, Saga};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Rung {
    pub(crate) bell: Uuid,
    pub(crate) ring: Ring,
}

/// What is wanted of the saga.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Ring {
    /// One errand.
    Errand,
    /// A chain of two errands, then one that stands apart.
    Chain,
    /// A timer after so many hours.
    TimerIn(i64),
    /// No timer after all.
    NoTimer,
    /// The saga itself has an error there.
    Breaks,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Event {
    Rung(Rung),
}

kernel::domain_event! { Event { Rung => "rung" 1 } }

#[derive(Debug, thiserror::Error)]
#[error("a bell never says no")]
pub(crate) struct Never;

impl kernel::Rejection for Never {
    fn code(&self) -> &'static str {
        "never"
    }
    fn kind(&self) -> RejectionKind {
        RejectionKind::Conflict
    }
}

#[derive(Debug)]
pub(crate) struct Bell;

impl Decider for Bell {
    const CONTEXT: &'static str = "test";
    const AGGREGATE: &'static str = "bell";
    type Id = Uuid;
    type State = ();
    type Command = Vec<Rung>;
    type Event = Event;
    type Rejection = Never;

    fn decide((): &(), rings: Vec<Rung>) -> Result<Vec<Event>, Never> {
        Ok(rings.into_iter().map(Event::Rung).collect())
    }

    fn evolve((): (), _: &Event) {}
}

/// Answers rings, one instance per bell.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ringer;

/// Its timers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Timer {
    /// Rings once; in bells with an odd number it rings again.
    First,
    /// Two hours after the first.
    Second,
}

impl Saga for Ringer {
    const NAME: &'static str = "ringer";
    const CONTEXTS: &'static [&'static str] = &["test"];
    type Key = Uuid;
    type Event = Rung;
    type Timer = Timer;
    type State = Option<Uuid>;

    fn route(recorded: &Recorded) -> Result<Routes<Self>, ReadError> {
        let events = recorded.events_of::<Bell>()?.unwrap_or_default();
        Ok(events.iter().map(|Event::Rung(rung)| (rung.bell, rung.clone())).collect())
    }

    fn evolve(state: Option<Uuid>, input: &Input<Rung, Timer>) -> Option<Uuid> {
        match input {
            Input::Event { event, .. } => Some(event.bell),
            Input::TimerFired { .. } | Input::Rejected { .. } => state,
        }
    }

    fn react(state: &Option<Uuid>, input: &Input<Rung, Timer>) -> Vec<Effect<Timer>> {
        let Some(bell) = *state else { return Vec::new() };
        match input {
            Input::Event { event, .. } => answer(bell, event.ring, input),
            Input::TimerFired { timer, at } => fired(bell, *timer, *at),
            Input::Rejected { at, .. } => vec![Effect::issue(carry_over(bell, *at))],
        }
    }

    fn may_wait(event: &Rung) -> bool {
        matches!(event.ring, Ring::TimerIn(_))
    }

    fn expects(command: &str, code: &str) -> bool {
        command == "resolve_capture" && code == "no"
    }
}

fn answer(bell: Uuid, ring: Ring, input: &Input<Rung, Timer>) -> Vec<Effect<Timer>> {
    let at = input.at();
    match ring {
        Ring::Errand => vec![Effect::issue(resolve(bell, at))],
        Ring::Chain => vec![
            Effect::issue(resolve(bell, at)),
            Effect::issue(pay_refund(bell, at)),
            Effect::apart(request(bell, at)),
        ],
        Ring::TimerIn(hours) => {
            let at = input.after(chrono::TimeDelta::hours(hours));
            vec![Effect::StartTimer { timer: Timer::First, at }]
        }
        Ring::Breaks => panic!("this ring breaks"),
        Ring::NoTimer => vec![Effect::CancelTimer { timer: Timer::First }],
    }
}

fn fired(bell: Uuid, timer: Timer, at: Timestamp) -> Vec<Effect<Timer>> {
    let again = Effect::StartTimer { timer: Timer::Second, at: at + chrono::TimeDelta::hours(2) };
    let rings_again = timer == Timer::First && bell.as_u128() % 2 == 1;
    rings_again.then_some(again).into_iter().chain([Effect::issue(resolve(bell, at))]).collect()
}

pub(crate) fn resolve(bell: Uuid, at: Timestamp) -> Errand {
    Errand::ResolveCapture { payment: PaymentId(bell), at }
}

pub(crate) fn pay_refund(bell: Uuid, at: Timestamp) -> Errand {
    Errand::PayRefund { payment: PaymentId(bell), refund: RefundId(bell), at }
}

pub(crate) fn request(bell: Uuid, at: Timestamp) -> Errand {
    Errand::RequestShipments { order: OrderId(bell), replanned_for: None, at }
}

/// What it does about a refusal.
pub(crate) fn carry_over(bell: Uuid, at: Timestamp) -> Errand {
    Errand::CarryOver { statement: StatementId(bell), at }
}
