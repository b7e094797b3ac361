//! Redemption: what an order holds of a shopper's coupons, points and purchase allowances is used, let go of or given back
//! as the order goes. One instance per order that redeems something or takes of an allowance.
//!
//! ```text
//!  order.Paid ──▶ Coupon.Use, Points.Use
//!  order.Expired, Cancelled before it was paid ──▶ Coupon.Release, Points.Release, Allowance.GiveBack
//!  order.Cancelled piece by piece ──▶ Coupon.GiveBack ──refused: its campaign doesn't──▶ nothing
//!  order.ClaimCompleted ──▶ Points.Restore of what the claim's pieces were paid with, Allowance.GiveBack of the pieces
//! ```
//!
//! Each stands by itself: one that fails holds no other up. Never here: holding them (the append that places the order).

use eventstore::{ReadError, Recorded};
use kernel::id::{ClaimId, CouponId, OrderId};
use kernel::{Amount, Price, Timestamp};
use member::points::{self, PointAccountId, RestoreId};
use order::allowance::{self, AllowanceId};
use order::coupon;
use order::value::{CancelReason, LimitedPieces, Redeemed};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Command, Effect, Input, NoTimer, Routes, Saga};

/// The saga.
#[derive(Debug, Clone, Copy)]
pub struct Redemption;

/// What it hears, and what is meant by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The order.
    pub order: OrderId,
    /// What it redeems.
    pub redeemed: Redeemed,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Outcome {
    /// It was paid.
    Paid,
    /// It ended before it was paid.
    Ended,
    /// Every piece of it was cancelled.
    CancelledWhole,
    /// A claim took pieces of it back.
    Claimed {
        /// Which.
        claim: ClaimId,
    },
}

/// What it remembers: nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct State;

impl Saga for Redemption {
    const NAME: &'static str = "redemption";
    const CONTEXTS: &'static [&'static str] = &["order"];
    type Key = OrderId;
    type Event = Event;
    type Timer = NoTimer;
    type State = State;

    fn route(recorded: &Recorded) -> Result<Routes<Self>, ReadError> {
        let events = recorded.events_of::<order::Order>()?.unwrap_or_default();
        Ok(events.iter().filter_map(heard).map(|event| (event.order, event)).collect())
    }

    fn evolve(state: State, _: &Input<Event, NoTimer>) -> State {
        state
    }

    fn react(_: &State, input: &Input<Event, NoTimer>) -> Vec<Effect<NoTimer>> {
        match input {
            Input::Event { event, at } => answer(event, *at),
            Input::TimerFired { .. } | Input::Rejected { .. } => Vec::new(),
        }
    }

    /// A campaign may keep its coupons used although their order was cancelled.
    fn expects(command: &str, code: &str) -> bool {
        command == "coupon.give_back" && code == "coupon_not_given_back"
    }
}

fn heard(event: &order::Event) -> Option<Event> {
    let (order, redeemed, outcome) = match event {
        order::Event::Paid(body) => (body.order, &body.redeemed, Outcome::Paid),
        order::Event::Expired(body) => (body.order, &body.redeemed, Outcome::Ended),
        order::Event::Cancelled(body) => (body.order, &body.redeemed, of_cancel(body.reason)),
        order::Event::ClaimCompleted(body) => {
            (body.order, &body.redeemed, Outcome::Claimed { claim: body.claim })
        }
        order::Event::Placed(_)
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
        | order::Event::Closed(_) => return None,
    };
    Some(Event { order, redeemed: redeemed.clone()?, outcome })
}

const fn of_cancel(reason: CancelReason) -> Outcome {
    match reason {
        CancelReason::Shopper | CancelReason::PaymentFailed | CancelReason::Operator => Outcome::Ended,
        CancelReason::EveryPieceCancelled => Outcome::CancelledWhole,
    }
}

fn answer(event: &Event, at: Timestamp) -> Vec<Effect<NoTimer>> {
    let Event { order, ref redeemed, outcome } = *event;
    let coupons = |command: coupon::Command| {
        redeemed.coupons.iter().map(move |coupon| to_coupon(*coupon, command.clone())).collect::<Vec<_>>()
    };
    let with_points = |mut effects: Vec<Effect<NoTimer>>, command: points::Command| {
        effects.extend((!redeemed.points.is_zero()).then(|| to_points(redeemed, command)));
        effects
    };
    let effects = match outcome {
        Outcome::Paid => with_points(
            coupons(coupon::Command::Use(coupon::command::Use { order, at })),
            points::Command::Use(points::Use { order, at }),
        ),
        Outcome::Ended => with_points(
            coupons(coupon::Command::Release(coupon::command::Release { order, at })),
            points::Command::Release(points::Release { order, at }),
        ),
        Outcome::CancelledWhole => {
            coupons(coupon::Command::GiveBack(coupon::command::GiveBack { order, at }))
        }
        Outcome::Claimed { claim } => {
            let restore = RestoreId(Uuid::new_v5(&claim.0, b"points"));
            let restored = price(redeemed.points).map(|amount| {
                to_points(redeemed, points::Command::Restore(points::Restore { order, restore, amount, at }))
            });
            restored.into_iter().collect()
        }
    };
    // An order that is paid names none: what it took stays counted.
    effects
        .into_iter()
        .chain(redeemed.limited.iter().map(|limited| to_allowance(event, *limited, at)))
        .collect()
}

/// Points as a command names them; nothing where there are none.
fn price(points: Amount) -> Option<Price> {
    Price::new(points.minor()).ok().filter(|price| *price != Price::ZERO)
}

fn to_coupon(coupon: CouponId, command: coupon::Command) -> Effect<NoTimer> {
    Effect::apart(Command::Coupon { coupon, command })
}

fn to_allowance(event: &Event, limited: LimitedPieces, at: Timestamp) -> Effect<NoTimer> {
    let LimitedPieces { product, quantity } = limited;
    let allowance = AllowanceId { member: event.redeemed.member, product };
    let give_back = allowance::GiveBack { order: event.order, quantity, at };
    Effect::apart(Command::Allowance { allowance, command: allowance::Command::GiveBack(give_back) })
}

fn to_points(redeemed: &Redeemed, command: points::Command) -> Effect<NoTimer> {
    let account = PointAccountId { member: redeemed.member, mall: redeemed.mall.clone() };
    Effect::apart(Command::Points { account, command })
}
