//! Earning: what a shopper paid for and confirmed earns points (적립금), and what comes back after that takes them back. One
//! instance per order.
//!
//! ```text
//!  order.LinesConfirmed, if something was paid for them ──▶ EarnPoints, citing where that stands in the log
//!  order.ClaimCompleted of confirmed pieces (직권 반품) ──▶ RevokePoints, likewise
//! ```
//!
//! Neither waits for the other: what is taken back is earned first, if it isn't yet.
//! Never here: a grade, a rate, or how long points are good.

use eventstore::{ReadError, Recorded, Seq};
use kernel::Amount;
use kernel::id::{ClaimId, OrderId};
use order::event::{ClaimCompleted, LinesConfirmed};
use order::value::ClaimKind;
use serde::{Deserialize, Serialize};

use crate::{Effect, Errand, Input, NoTimer, Routes, Saga};

/// The saga.
#[derive(Debug, Clone, Copy)]
pub struct Earning;

/// What it hears: lines were confirmed, or a claim took confirmed ones back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Of which order.
    pub order: OrderId,
    /// Where in the log.
    pub position: Seq,
    /// The completed claim, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<ClaimId>,
}

/// What it remembers: nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct State;

impl Saga for Earning {
    const NAME: &'static str = "earning";
    const CONTEXTS: &'static [&'static str] = &["order"];
    type Key = OrderId;
    type Event = Event;
    type Timer = NoTimer;
    type State = State;

    fn route(recorded: &Recorded) -> Result<Routes<Self>, ReadError> {
        let events = recorded.events_of::<order::Order>()?.unwrap_or_default();
        let position = recorded.seq;
        let heard = events.iter().filter_map(heard);
        Ok(heard.map(|(order, claim)| (order, Event { order, position, claim })).collect())
    }

    fn evolve(state: State, _: &Input<Event, NoTimer>) -> State {
        state
    }

    fn react(_: &State, input: &Input<Event, NoTimer>) -> Vec<Effect<NoTimer>> {
        match input {
            Input::Event { event, at } => {
                let Event { order, position, claim } = *event;
                vec![Effect::issue(match claim {
                    None => Errand::EarnPoints { order, position, at: *at },
                    Some(claim) => Errand::RevokePoints { order, claim, position, at: *at },
                })]
            }
            Input::TimerFired { .. } | Input::Rejected { .. } => Vec::new(),
        }
    }

    /// Nothing that is refused here may be forgotten: an account that is full, say, is a person's turn.
    fn expects(_: &str, _: &str) -> bool {
        false
    }
}

/// The order, and the claim where one took confirmed pieces back. What was not paid for earns nothing.
fn heard(event: &order::Event) -> Option<(OrderId, Option<ClaimId>)> {
    match event {
        order::Event::LinesConfirmed(body) => earns(body).then_some((body.order, None)),
        order::Event::ClaimCompleted(body) => takes_back(body).then_some((body.order, Some(body.claim))),
        order::Event::Placed(_)
        | order::Event::Paid(_)
        | order::Event::Expired(_)
        | order::Event::Cancelled(_)
        | order::Event::LinesPrepared(_)
        | order::Event::LinesShipped(_)
        | order::Event::LinesDelivered(_)
        | order::Event::LinesLost(_)
        | order::Event::ConfirmationHeld(_)
        | order::Event::HoldReleased(_)
        | order::Event::ClaimOpened(_)
        | order::Event::ClaimRefundStarted(_)
        | order::Event::ClaimClosed(_)
        | order::Event::Closed(_) => None,
    }
}

fn earns(confirmed: &LinesConfirmed) -> bool {
    confirmed.lines.iter().any(|line| line.paid > Amount::ZERO)
}

fn takes_back(completed: &ClaimCompleted) -> bool {
    let paid = completed.lines.iter().any(|line| line.was_confirmed() && line.paid > Amount::ZERO);
    match completed.kind {
        ClaimKind::Return => paid,
        ClaimKind::Cancel | ClaimKind::Exchange => false,
    }
}
