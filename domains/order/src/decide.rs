//! Decisions: what a command changes in an order, one small function each.
//!
//! Never here: state changes (they are `evolve`'s), numbers that may change (they are `policy`'s).

mod claim;
mod confirm;
mod fulfil;
mod gift;
mod named;
mod pay;
mod place;

use kernel::id::OrderId;
use kernel::{Amount, Decider, Timestamp};

use crate::event::{Cancelled, Closed, Event, Placed};
use crate::state::{self, Phase, State};
use crate::value::CancelReason;
use crate::{Command, Rejection};

/// The decider of an order.
#[derive(Debug, Clone, Copy)]
pub struct Order;

/// What a decision comes to.
type Decision = Result<Vec<Event>, Rejection>;

impl Decider for Order {
    const CONTEXT: &'static str = "order";
    const AGGREGATE: &'static str = "order";

    type Id = OrderId;
    type State = State;
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(state: &State, command: Command) -> Decision {
        match command {
            Command::Place(place) => place::place(state, place),
            Command::MarkPaid(paid) => pay::mark_paid(state, &paid),
            Command::Expire(expire) => pay::expire(state, &expire),
            Command::Cancel(cancel) => pay::cancel(state, &cancel),
            Command::AcceptGift(accept) => gift::accept(state, accept),
            Command::DeclineGift(decline) => gift::decline(state, &decline),
            Command::LapseGift(lapse) => gift::lapse(state, &lapse),
            Command::Prepare(prepare) => fulfil::prepare(state, &prepare),
            Command::Ship(ship) => fulfil::ship(state, &ship),
            Command::Deliver(deliver) => fulfil::deliver(state, &deliver),
            Command::Lose(lose) => fulfil::lose(state, &lose),
            Command::Confirm(confirm) => confirm::confirm(state, &confirm),
            Command::HoldConfirmation(hold) => confirm::hold(state, &hold),
            Command::ReleaseHold(release) => confirm::release(state, &release),
            Command::OpenClaim(open) => claim::open(state, &open),
            Command::StartClaimRefund(start) => claim::start_refund(state, start),
            Command::CloseClaim(close) => claim::close(state, &close),
            Command::CompleteClaim(complete) => claim::complete(state, &complete),
        }
    }

    fn evolve(state: State, event: &Event) -> State {
        state::evolve(state, event)
    }
}

/// The placement, or the refusal of an order that is not there.
fn placed(state: &State) -> Result<&Placed, Rejection> {
    state.placed().ok_or(Rejection::NotFound)
}

/// The placement of an order that is paid and not closed.
fn paid(state: &State) -> Result<&Placed, Rejection> {
    let placed = placed(state)?;
    match state.phase() {
        Phase::Paid => Ok(placed),
        phase @ (Phase::Absent
        | Phase::PendingPayment
        | Phase::Closed
        | Phase::Expired
        | Phase::Cancelled) => Err(Rejection::NotPaid { phase }),
    }
}

/// The placement of an order that was paid: what is confirmed of it can go back even after its end.
fn paid_or_closed(state: &State) -> Result<&Placed, Rejection> {
    if state.phase() == Phase::Closed { placed(state) } else { paid(state) }
}

/// The event, and the end of the order where it made the last piece final. An order ends once.
fn with_end(state: &State, placed: &Placed, event: Event, at: Timestamp) -> Vec<Event> {
    let after = state::evolve(state.clone(), &event);
    let end = (state.phase() == Phase::Paid && after.is_final()).then(|| end(&after, placed, at));
    std::iter::once(event).chain(end).collect()
}

fn end(after: &State, placed: &Placed, at: Timestamp) -> Event {
    let (order, payment) = (placed.order, placed.payment);
    if after.is_all_cancelled() {
        let reason = CancelReason::EveryPieceCancelled;
        // Its points and limited pieces went back claim by claim.
        let redeemed = placed.redeeming(placed.coupon_ids(), Amount::ZERO, Vec::new());
        Event::Cancelled(Cancelled { order, payment, reason, redeemed, at })
    } else {
        Event::Closed(Closed { order, at })
    }
}
