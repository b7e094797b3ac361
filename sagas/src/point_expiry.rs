//! Point expiry: points that are past their end go. One instance per earning.
//!
//! ```text
//!  points.Earned, or Restored as a lot of their own ──▶ timer Ends ──fires──▶ Points.Expire
//!  points.Released to a lot that has ended ──▶ Points.Expire
//! ```
//!
//! Held points are in no lot: they don't expire while they are held, and are used past their end. Nobody can hold points
//! past their end in the first place, so a timer that fires late lets nobody use more.
//! Never here: when points end (who gives them says so), or which are past it.

use eventstore::{ReadError, Recorded};
use kernel::Timestamp;
use member::PointAccount;
use member::points::{self, Expire, LotId, PointAccountId, Released, RestoreId, Restored};
use serde::{Deserialize, Serialize};

use crate::{Command, Effect, Input, Routes, Saga};

/// The saga.
#[derive(Debug, Clone, Copy)]
pub struct PointExpiry;

/// What it hears.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// There are points that end at an instant.
    Good {
        /// Whose, and where.
        account: PointAccountId,
        /// The restore that gave them an end of their own; none as earned.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        restore: Option<RestoreId>,
        /// Their end.
        until: Timestamp,
    },
    /// Points came free after their end.
    Over {
        /// Whose, and where.
        account: PointAccountId,
    },
}

/// Its timers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timer {
    /// Points are past their end.
    Ends {
        /// The restore that gave them their end; none as earned.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        restore: Option<RestoreId>,
    },
}

/// What it remembers: whose points they are.
#[derive(Debug, Clone, Default)]
pub struct State {
    account: Option<PointAccountId>,
}

impl Saga for PointExpiry {
    const NAME: &'static str = "point_expiry";
    const CONTEXTS: &'static [&'static str] = &["member"];
    type Key = LotId;
    type Event = Event;
    type Timer = Timer;
    type State = State;

    fn route(recorded: &Recorded) -> Result<Routes<Self>, ReadError> {
        let events = recorded.events_of::<PointAccount>()?.unwrap_or_default();
        Ok(events.iter().flat_map(heard).collect())
    }

    fn evolve(state: State, input: &Input<Event, Timer>) -> State {
        match input {
            Input::Event { event: Event::Good { account, .. } | Event::Over { account }, .. } => {
                State { account: Some(account.clone()) }
            }
            Input::TimerFired { .. } | Input::Rejected { .. } => state,
        }
    }

    fn react(state: &State, input: &Input<Event, Timer>) -> Vec<Effect<Timer>> {
        match input {
            Input::Event { event: Event::Good { restore, until, .. }, .. } => {
                vec![Effect::StartTimer { timer: Timer::Ends { restore: *restore }, at: *until }]
            }
            Input::Event { event: Event::Over { .. }, at } | Input::TimerFired { at, .. } => {
                state.account.iter().map(|account| expire(account, *at)).collect()
            }
            Input::Rejected { .. } => Vec::new(),
        }
    }

    /// Expiring is never refused.
    fn expects(_: &str, _: &str) -> bool {
        false
    }
}

fn expire(account: &PointAccountId, at: Timestamp) -> Effect<Timer> {
    let command = points::Command::Expire(Expire { at });
    Effect::issue(Command::Points { account: account.clone(), command })
}

fn heard(event: &points::Event) -> Vec<(LotId, Event)> {
    match event {
        points::Event::Earned(body) => {
            vec![(body.lot, good(&body.account, None, body.expires_at))]
        }
        points::Event::Restored(body) => prolonged(body).collect(),
        points::Event::Released(body) => over(body).collect(),
        points::Event::Held(_)
        | points::Event::Used(_)
        | points::Event::Expired(_)
        | points::Event::Revoked(_) => Vec::new(),
    }
}

/// Points that this restore gave an end of their own. The others are of a lot whose timer is set.
fn prolonged(body: &Restored) -> impl Iterator<Item = (LotId, Event)> {
    let own = body.to.iter().map(|part| part.lot).filter(|lot| lot.restore == Some(body.restore));
    own.map(|lot| (lot.id, good(&body.account, lot.restore, lot.expires_at)))
}

/// Points that came free in lots whose timers have fired.
fn over(body: &Released) -> impl Iterator<Item = (LotId, Event)> {
    let ended = body.parts.iter().map(|part| part.lot).filter(|lot| lot.expires_at <= body.at);
    ended.map(|lot| (lot.id, Event::Over { account: body.account.clone() }))
}

fn good(account: &PointAccountId, restore: Option<RestoreId>, until: Timestamp) -> Event {
    Event::Good { account: account.clone(), restore, until }
}
