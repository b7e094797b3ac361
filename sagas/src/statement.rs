//! Statement: a settlement cycle runs to its end by itself, up to the payout. One instance per statement.
//!
//! ```text
//!  Opened ──▶ timer Close (end of period) ──fires──▶ Statement.Close
//!  Closed ──▶ timer Confirm (2 days) ──fires──▶ Statement.Confirm       (the merchant may have confirmed before)
//!  Confirmed ──▶ no Confirm, Statement.RequestPayout
//!  PayoutRequested ──▶ no RetryPayout, PayOut
//!  PayoutFailed: the bank can't work ──▶ timer RetryPayout (1 day, 3 times) ──fires──▶ Statement.RetryPayout
//!  PayoutFailed: else ──▶ an operator's turn
//!  CarriedOver ──▶ CarryOver
//! ```
//!
//! Never here: what is due, or how the bank is asked.

use chrono::TimeDelta;
use eventstore::{ReadError, Recorded, Seq};
use kernel::id::{PayoutId, StatementId};
use kernel::{Price, Timestamp};
use serde::{Deserialize, Serialize};
use settlement::command::{Close, Confirm, RequestPayout, RetryPayout};
use settlement::value::{PayoutFailure, PayoutKey};
use uuid::Uuid;

use crate::{Command, Effect, Errand, Input, Routes, Saga};

/// How long a merchant has to look at a closed statement before it is confirmed by itself.
pub const CONFIRM_AFTER: TimeDelta = TimeDelta::days(2);
/// When a payout is tried again that the bank could not work on.
pub const RETRY_AFTER: TimeDelta = TimeDelta::days(1);
/// How often it is tried again by itself.
pub const RETRIES: u32 = 3;
/// The least that is paid out.
const MINIMUM_PAYOUT: Price = Price::ZERO;

/// The saga.
#[derive(Debug, Clone, Copy)]
pub struct Statement;

/// What it hears.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// The statement began.
    Opened {
        /// Which.
        statement: StatementId,
        /// When its period is over.
        until: Timestamp,
    },
    /// Its figures are final.
    Closed,
    /// Its figures are agreed.
    Confirmed {
        /// Where in the log.
        position: Seq,
    },
    /// The bank is to pay.
    PayoutRequested {
        /// Under which name.
        payout: PayoutId,
        /// How many times it was tried, this included.
        attempt: u32,
    },
    /// The bank did not.
    PayoutFailed {
        /// Why.
        reason: PayoutFailure,
        /// Where in the log.
        position: Seq,
    },
    /// Nothing is paid; the balance goes into the next statement.
    CarriedOver,
}

/// Its timers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timer {
    /// The period is over.
    Close,
    /// The merchant had time to look.
    Confirm,
    /// The bank may work again.
    RetryPayout,
}

/// What it remembers.
#[derive(Debug, Clone, Copy, Default)]
pub struct State {
    statement: Option<StatementId>,
    attempts: u32,
    failed_at: Option<Seq>,
    retries: u32,
}

impl Saga for Statement {
    const NAME: &'static str = "statement";
    const CONTEXTS: &'static [&'static str] = &["settlement"];
    type Key = StatementId;
    type Event = Event;
    type Timer = Timer;
    type State = State;

    fn route(recorded: &Recorded) -> Result<Routes<Self>, ReadError> {
        let events = recorded.events_of::<settlement::Statement>()?.unwrap_or_default();
        Ok(events.iter().filter_map(|event| heard(event, recorded.seq)).collect())
    }

    fn evolve(state: State, input: &Input<Event, Timer>) -> State {
        match input {
            Input::Event { event, .. } => happened(state, event),
            Input::TimerFired { timer: Timer::RetryPayout, .. } => {
                State { retries: state.retries.saturating_add(1), ..state }
            }
            Input::TimerFired { timer: Timer::Close | Timer::Confirm, .. } | Input::Rejected { .. } => state,
        }
    }

    fn react(state: &State, input: &Input<Event, Timer>) -> Vec<Effect<Timer>> {
        let Some(statement) = state.statement else { return Vec::new() };
        match input {
            Input::Event { event, .. } => answer(state, statement, event, input),
            Input::TimerFired { timer: Timer::Close, at } => {
                vec![to(statement, settlement::Command::Close(Close { statement, at: *at }))]
            }
            Input::TimerFired { timer: Timer::Confirm, at } => {
                vec![to(statement, settlement::Command::Confirm(Confirm { statement, at: *at }))]
            }
            Input::TimerFired { timer: Timer::RetryPayout, at } => retry(state, statement, *at),
            Input::Rejected { .. } => Vec::new(),
        }
    }

    /// An operator may have retried a payout before the timer did. Any other refusal is a person's turn.
    fn expects(command: &str, code: &str) -> bool {
        matches!((command, code), ("statement.retry_payout", "payout_still_pending" | "paid_already"))
    }
}

fn heard(event: &settlement::Event, position: Seq) -> Option<(StatementId, Event)> {
    match event {
        settlement::Event::Opened(body) => {
            let statement = body.statement;
            Some((statement, Event::Opened { statement, until: body.period.until() }))
        }
        settlement::Event::Closed(body) => Some((body.statement, Event::Closed)),
        settlement::Event::Confirmed(body) => Some((body.statement, Event::Confirmed { position })),
        settlement::Event::PayoutRequested(body) => {
            let (payout, attempt) = (body.payout, body.attempt);
            Some((body.statement, Event::PayoutRequested { payout, attempt }))
        }
        settlement::Event::PayoutFailed(body) => {
            Some((body.statement, Event::PayoutFailed { reason: body.reason, position }))
        }
        settlement::Event::CarriedOver(body) => Some((body.statement, Event::CarriedOver)),
        settlement::Event::ItemsAccrued(_)
        | settlement::Event::ItemsAdjusted(_)
        | settlement::Event::CarriedIn(_)
        | settlement::Event::Paid(_) => None,
    }
}

fn happened(state: State, event: &Event) -> State {
    match event {
        Event::Opened { statement, .. } => State { statement: Some(*statement), ..state },
        Event::PayoutRequested { attempt, .. } => State { attempts: *attempt, ..state },
        Event::PayoutFailed { position, .. } => State { failed_at: Some(*position), ..state },
        Event::Closed | Event::Confirmed { .. } | Event::CarriedOver => state,
    }
}

fn answer(
    state: &State,
    statement: StatementId,
    event: &Event,
    input: &Input<Event, Timer>,
) -> Vec<Effect<Timer>> {
    let at = input.at();
    match event {
        Event::Opened { until, .. } => vec![Effect::StartTimer { timer: Timer::Close, at: *until }],
        Event::Closed => vec![Effect::StartTimer { timer: Timer::Confirm, at: input.after(CONFIRM_AFTER) }],
        Event::Confirmed { position } => {
            let payout = request(statement, *position, at);
            std::iter::once(Effect::CancelTimer { timer: Timer::Confirm }).chain(payout).collect()
        }
        Event::PayoutRequested { payout, .. } => vec![
            Effect::CancelTimer { timer: Timer::RetryPayout },
            Effect::issue(Errand::PayOut { statement, payout: *payout, at }),
        ],
        Event::PayoutFailed { reason, .. } => {
            let again = *reason == PayoutFailure::BankUnavailable && state.retries < RETRIES;
            let timer = Effect::StartTimer { timer: Timer::RetryPayout, at: input.after(RETRY_AFTER) };
            again.then_some(timer).into_iter().collect()
        }
        Event::CarriedOver => vec![Effect::issue(Errand::CarryOver { statement, at })],
    }
}

fn request(statement: StatementId, position: Seq, at: Timestamp) -> Option<Effect<Timer>> {
    let (payout, key) = payout(statement, 1)?;
    let cites = position.0;
    let request =
        RequestPayout { statement, payout, key, minimum: MINIMUM_PAYOUT, withheld: false, cites, at };
    Some(to(statement, settlement::Command::RequestPayout(request)))
}

fn retry(state: &State, statement: StatementId, at: Timestamp) -> Vec<Effect<Timer>> {
    let next = payout(statement, state.attempts.saturating_add(1)).zip(state.failed_at);
    let retry = next.map(|((payout, key), failed_at)| {
        let retry = RetryPayout { statement, payout, key, cites: failed_at.0, at };
        to(statement, settlement::Command::RetryPayout(retry))
    });
    retry.into_iter().collect()
}

/// The n-th payout of a statement, from 1, and the key by which the bank knows it.
fn payout(statement: StatementId, nth: u32) -> Option<(PayoutId, PayoutKey)> {
    let payout = PayoutId(Uuid::new_v5(&statement.0, format!("payout/{nth}").as_bytes()));
    Some((payout, PayoutKey::new(payout.to_string()).ok()?))
}

fn to(statement: StatementId, command: settlement::Command) -> Effect<Timer> {
    Effect::issue(Command::Statement { statement, command })
}
