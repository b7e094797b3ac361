//! Payment expiry: an order is paid in time, or it ends and lets go of what it held. One instance per order.
//!
//! ```text
//!  order.Placed ──▶ timer PaymentDue ──fires──▶ Payment.Expire ──refused: capture in flight──▶ ResolveCapture,
//!                                                     │                                        PaymentDue again
//!                                                     ▼
//!                                              payment.Expired ──▶ Order.Expire ──▶ order.Expired ──▶ Stock.Release
//!  payment.CaptureStarted ──▶ timer Resolve ──fires──▶ ResolveCapture, Resolve again, until there is an answer
//!  payment.CaptureDeclined ──▶ no Resolve; Payment.Expire, if that was refused before
//!  payment.Captured ──▶ no timers, Order.MarkPaid ──refused: the order has ended──▶ Payment.StartRefund of all
//!  payment.Failed ──▶ Order.Cancel ──▶ order.Cancelled ──▶ no timers, Stock.Release, Payment.Void
//! ```
//!
//! Stock is released on the word of the order, which ends once and in one way only. Never here: how a gateway is asked.

use chrono::TimeDelta;
use eventstore::{ReadError, Recorded};
use kernel::id::{OrderId, PaymentId, RefundId};
use kernel::{Amount, Timestamp};
use order::value::CancelReason;
use payment::VoidReason;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::pieces::{self, Pieces, per_sku};
use crate::{Command, Effect, Errand, Input, Routes, Saga};

/// When an expiry that met a capture under way is tried again; then after twice as long each time.
pub const EXPIRE_AGAIN: TimeDelta = TimeDelta::minutes(10);
/// How long a capture's outcome may take before the gateway is asked; then twice as long each time.
pub const RESOLVE_AFTER: TimeDelta = TimeDelta::seconds(60);
/// The longest pause between two of either. They have no end: an order neither waits for ever nor keeps its stock.
pub const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(6);

/// The saga.
#[derive(Debug, Clone, Copy)]
pub struct PaymentExpiry;

/// What it hears.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// The order was placed.
    Placed {
        /// The order.
        order: OrderId,
        /// The payment that is to pay for it.
        payment: PaymentId,
        /// Until when.
        payment_due: Timestamp,
        /// What stocks keep for it.
        reserved: Vec<Pieces>,
    },
    /// The gateway is asked for money that comes at once or not at all.
    CaptureStarted,
    /// It took nothing.
    CaptureDeclined,
    /// The money is there. A free order's is there before the order.
    Captured {
        /// The order.
        order: OrderId,
        /// The payment.
        payment: PaymentId,
        /// How much.
        amount_minor: Amount,
    },
    /// The time to pay is over.
    PaymentExpired,
    /// Every attempt to pay was declined.
    PaymentFailed,
    /// The order was not paid in time.
    OrderExpired,
    /// The order was stopped before it was paid.
    OrderCancelled,
}

/// Its timers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timer {
    /// The time to pay is over.
    PaymentDue,
    /// The gateway owes an answer.
    Resolve,
}

/// What it remembers.
#[derive(Debug, Clone, Default)]
pub struct State {
    placed: Option<Placed>,
    captured: Option<Captured>,
    payment_ended: bool,
    endings: u32,
    expire_tries: u32,
    resolve_tries: u32,
}

#[derive(Debug, Clone)]
struct Placed {
    order: OrderId,
    payment: PaymentId,
    payment_due: Timestamp,
    reserved: Vec<Pieces>,
}

#[derive(Debug, Clone, Copy)]
struct Captured {
    order: OrderId,
    payment: PaymentId,
    amount: Amount,
}

type Effects = Vec<Effect<Timer>>;

impl Saga for PaymentExpiry {
    const NAME: &'static str = "payment_expiry";
    const CONTEXTS: &'static [&'static str] = &["order", "payment"];
    type Key = OrderId;
    type Event = Event;
    type Timer = Timer;
    type State = State;

    fn route(recorded: &Recorded) -> Result<Routes<Self>, ReadError> {
        let orders = recorded.events_of::<order::Order>()?.unwrap_or_default();
        let payments = recorded.events_of::<payment::Payment>()?.unwrap_or_default();
        Ok(orders.iter().filter_map(of_order).chain(payments.iter().filter_map(of_payment)).collect())
    }

    fn evolve(state: State, input: &Input<Event, Timer>) -> State {
        match input {
            Input::Event { event, .. } => happened(state, event),
            Input::TimerFired { timer: Timer::Resolve, .. } => {
                State { resolve_tries: state.resolve_tries.saturating_add(1), ..state }
            }
            Input::Rejected { .. } if may_expire_later(input) => {
                State { expire_tries: state.expire_tries.saturating_add(1), ..state }
            }
            Input::TimerFired { timer: Timer::PaymentDue, .. } | Input::Rejected { .. } => state,
        }
    }

    fn react(state: &State, input: &Input<Event, Timer>) -> Effects {
        match input {
            Input::Event { event, at } => answer(state, event, *at),
            Input::TimerFired { timer: Timer::PaymentDue, at } => expire_payment(state, *at),
            Input::TimerFired { timer: Timer::Resolve, .. } => resolve(state, input),
            Input::Rejected { .. } if may_expire_later(input) => expire_later(state, input),
            Input::Rejected { at, .. } if input.is_refusal("order.mark_paid", "not_pending_payment") => {
                give_back(state, *at)
            }
            Input::Rejected { .. } => Vec::new(),
        }
    }

    /// Most orders are paid at once.
    fn may_wait(event: &Event) -> bool {
        matches!(event, Event::Placed { .. } | Event::CaptureStarted)
    }

    fn begins(event: &Event) -> bool {
        matches!(event, Event::Placed { .. })
    }

    /// Besides what it answers: payment or order ended the other way meanwhile, which their own events tell.
    fn expects(command: &str, code: &str) -> bool {
        match command {
            "payment.expire" => {
                matches!(code, "capture_in_flight" | "expiry_not_due" | "already_captured" | "payment_ended")
            }
            "payment.void" => matches!(code, "already_captured" | "payment_ended"),
            "order.mark_paid" | "order.expire" | "order.cancel" => code == "not_pending_payment",
            _ => false,
        }
    }
}

fn of_order(event: &order::Event) -> Option<(OrderId, Event)> {
    match event {
        order::Event::Placed(placed) => Some((placed.order, of_placed(placed))),
        order::Event::Expired(expired) => Some((expired.order, Event::OrderExpired)),
        order::Event::Cancelled(cancelled) => match cancelled.reason {
            CancelReason::Shopper | CancelReason::PaymentFailed | CancelReason::Operator => {
                Some((cancelled.order, Event::OrderCancelled))
            }
            CancelReason::EveryPieceCancelled => None,
        },
        order::Event::Paid(_)
        | order::Event::GiftAccepted(_)
        | order::Event::GiftEnded(_)
        | order::Event::LinesPrepared(_)
        | order::Event::LinesShipped(_)
        | order::Event::LinesDelivered(_)
        | order::Event::LinesLost(_)
        | order::Event::LinesConfirmed(_)
        | order::Event::ConfirmationHeld(_)
        | order::Event::HoldReleased(_)
        | order::Event::ClaimOpened(_)
        | order::Event::ClaimRefundStarted(_)
        | order::Event::ClaimClosed(_)
        | order::Event::ClaimCompleted(_)
        | order::Event::Closed(_) => None,
    }
}

fn of_placed(placed: &order::event::Placed) -> Event {
    Event::Placed {
        order: placed.order,
        payment: placed.payment,
        payment_due: placed.payment_due,
        reserved: per_sku(placed.lines.iter().map(|line| (line.sku, line.quantity))),
    }
}

fn of_payment(event: &payment::Event) -> Option<(OrderId, Event)> {
    match event {
        payment::Event::CaptureStarted(body) if body.awaits_deposit => None,
        payment::Event::CaptureStarted(body) => Some((body.head.order, Event::CaptureStarted)),
        payment::Event::CaptureDeclined(body) => Some((body.head.order, Event::CaptureDeclined)),
        payment::Event::Captured(body) => {
            let (order, payment) = (body.head.order, body.head.payment);
            Some((order, Event::Captured { order, payment, amount_minor: body.amount }))
        }
        payment::Event::Expired(body) => Some((body.head.order, Event::PaymentExpired)),
        payment::Event::Failed(body) => Some((body.head.order, Event::PaymentFailed)),
        payment::Event::Requested(_)
        | payment::Event::AuthenticationRequired(_)
        | payment::Event::Authorized(_)
        | payment::Event::CashReceiptIssued(_)
        | payment::Event::CashReceiptCancelled(_)
        | payment::Event::CapturedLate(_)
        | payment::Event::DuplicateCaptured(_)
        | payment::Event::RefundStarted(_)
        | payment::Event::Refunded(_)
        | payment::Event::RefundFailed(_)
        | payment::Event::Voided(_) => None,
    }
}

fn happened(state: State, event: &Event) -> State {
    match event {
        Event::Placed { order, payment, payment_due, reserved } => {
            let (order, payment, payment_due) = (*order, *payment, *payment_due);
            State {
                placed: Some(Placed { order, payment, payment_due, reserved: reserved.clone() }),
                ..state
            }
        }
        Event::CaptureStarted => State { resolve_tries: 0, ..state },
        Event::CaptureDeclined => state,
        Event::Captured { order, payment, amount_minor: amount } => {
            State { captured: Some(Captured { order: *order, payment: *payment, amount: *amount }), ..state }
        }
        Event::PaymentExpired | Event::PaymentFailed => State { payment_ended: true, ..state },
        Event::OrderExpired | Event::OrderCancelled => {
            State { endings: state.endings.saturating_add(1), ..state }
        }
    }
}

fn answer(state: &State, event: &Event, at: Timestamp) -> Effects {
    match event {
        Event::Placed { payment_due, .. } if state.captured.is_none() => {
            vec![Effect::StartTimer { timer: Timer::PaymentDue, at: *payment_due }]
        }
        Event::Placed { .. } => Vec::new(),
        Event::CaptureStarted => {
            vec![Effect::StartTimer { timer: Timer::Resolve, at: crate::saga::later(at, RESOLVE_AFTER) }]
        }
        Event::CaptureDeclined => {
            let over = expire_payment(state, at).into_iter().filter(|_| is_overdue(state));
            std::iter::once(Effect::CancelTimer { timer: Timer::Resolve }).chain(over).collect()
        }
        Event::Captured { order, payment, .. } => {
            let mark_paid = order::command::MarkPaid { payment: *payment, at };
            without_timers([to_order(*order, order::Command::MarkPaid(mark_paid))])
        }
        Event::PaymentExpired => without_timers(state.placed.iter().map(|placed| expire(placed, at))),
        Event::PaymentFailed => without_timers(state.placed.iter().map(|placed| cancel(placed, at))),
        Event::OrderExpired => without_timers(released(state, at)),
        Event::OrderCancelled => without_timers(released(state, at).chain(voided(state, at))),
    }
}

fn expire_payment(state: &State, at: Timestamp) -> Effects {
    let expire = payment::Command::Expire(payment::Expire { at });
    state.placed.iter().map(|placed| to_payment(placed.payment, expire.clone())).collect()
}

/// Whether the time to pay was over while a capture was under way.
const fn is_overdue(state: &State) -> bool {
    state.expire_tries > 0 && !state.payment_ended && state.captured.is_none()
}

/// Whether an expiry was refused for a reason that passes.
fn may_expire_later(input: &Input<Event, Timer>) -> bool {
    input.is_refusal("payment.expire", "capture_in_flight")
        || input.is_refusal("payment.expire", "expiry_not_due")
}

fn expire_later(state: &State, input: &Input<Event, Timer>) -> Effects {
    let pause = doubled(EXPIRE_AGAIN, state.expire_tries.saturating_sub(1));
    let again = Effect::StartTimer { timer: Timer::PaymentDue, at: input.after(pause) };
    let in_flight = input.is_refusal("payment.expire", "capture_in_flight");
    std::iter::once(again).chain(ask_gateway(state, input.at()).filter(|_| in_flight)).collect()
}

fn resolve(state: &State, input: &Input<Event, Timer>) -> Effects {
    let pause = doubled(RESOLVE_AFTER, state.resolve_tries);
    let again = Effect::StartTimer { timer: Timer::Resolve, at: input.after(pause) };
    std::iter::once(again).chain(ask_gateway(state, input.at())).collect()
}

/// A pause that was doubled so many times, up to the longest.
fn doubled(first: TimeDelta, times: u32) -> TimeDelta {
    let doubled = first.checked_mul(2_i32.saturating_pow(times));
    doubled.map_or(LONGEST_PAUSE, |doubled| doubled.min(LONGEST_PAUSE))
}

fn ask_gateway(state: &State, at: Timestamp) -> impl Iterator<Item = Effect<Timer>> {
    state.placed.iter().map(move |placed| {
        let payment = placed.payment;
        Effect::issue(Errand::ResolveCapture { payment, at })
    })
}

/// The order may expire from its own due time on, by whatever clock its payment expired.
fn expire(placed: &Placed, at: Timestamp) -> Effect<Timer> {
    let expire = order::command::Expire { at: at.max(placed.payment_due) };
    to_order(placed.order, order::Command::Expire(expire))
}

fn cancel(placed: &Placed, at: Timestamp) -> Effect<Timer> {
    let cancel = order::command::Cancel { reason: CancelReason::PaymentFailed, at };
    to_order(placed.order, order::Command::Cancel(cancel))
}

/// What stocks keep for the order, once per order.
fn released(state: &State, at: Timestamp) -> impl Iterator<Item = Effect<Timer>> {
    state.placed.iter().filter(|_| state.endings == 1).flat_map(move |placed| {
        placed.reserved.iter().map(move |&kept| Effect::apart(pieces::release(placed.order, kept, at)))
    })
}

fn voided(state: &State, at: Timestamp) -> Option<Effect<Timer>> {
    let placed = state.placed.as_ref().filter(|_| !state.payment_ended && state.captured.is_none())?;
    let void = payment::Command::Void(payment::Void { reason: VoidReason::OrderCancelled, at });
    Some(Effect::apart(Command::Payment { payment: placed.payment, command: void }))
}

/// The money came when the order had ended: all of it goes back.
fn give_back(state: &State, at: Timestamp) -> Effects {
    let Some(Captured { order, payment, amount }) =
        state.captured.filter(|captured| !captured.amount.is_zero())
    else {
        return Vec::new();
    };
    let refund = RefundId(Uuid::new_v5(&order.0, b"captured_after_the_end"));
    let key = refund.to_string();
    let refund = payment::StartRefund { refund, amount, reason_claim: None, stray: None, key, at };
    vec![to_payment(payment, payment::Command::StartRefund(refund))]
}

fn without_timers(effects: impl IntoIterator<Item = Effect<Timer>>) -> Effects {
    let timers = [Timer::PaymentDue, Timer::Resolve].map(|timer| Effect::CancelTimer { timer });
    timers.into_iter().chain(effects).collect()
}

fn to_order(order: OrderId, command: order::Command) -> Effect<Timer> {
    Effect::issue(Command::Order { order, command })
}

fn to_payment(payment: PaymentId, command: payment::Command) -> Effect<Timer> {
    Effect::issue(Command::Payment { payment, command })
}
