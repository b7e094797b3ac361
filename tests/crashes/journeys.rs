//! The journeys, and which sagas each is about.

use std::pin::Pin;

use chrono::TimeDelta;
use kernel::Sealed;
use order::command::{AcceptGift, HoldConfirmation};
use order::value::ClaimKind;
use sagas::Clock;

use crate::acts::{
    accepts, arrives, claims, comes_back, leaves, order, orders, parcel, pay, pay_unanswered, takes_back,
};
use crate::world::Run;

/// What stands at the beginning of a journey: an order that nobody has paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// It redeems nothing.
    Plain,
    /// It redeems a coupon and points.
    Redeeming,
    /// The same, as a gift.
    Gift,
    /// It redeems nothing, and what its member may buy of it is limited.
    Limited,
}

/// A journey.
#[derive(Clone, Copy)]
pub struct Journey {
    pub name: &'static str,
    /// What it begins with.
    pub order: Order,
    /// The sagas that are ended on it.
    pub sagas: &'static [&'static str],
    pub go: for<'a> fn(&'a mut Run) -> Pin<Box<dyn Future<Output = ()> + 'a>>,
}

/// Each of them.
pub const ALL: [Journey; 13] = [
    UNPAID,
    IN_FLIGHT,
    BOUGHT,
    HELD,
    CANCELLED,
    TOO_LATE,
    RETURNED,
    TAKEN_BACK,
    FORGOTTEN,
    NOT_COUNTED,
    COUNTED_LESS,
    GIVEN,
    LAPSED,
];

/// The time to pay goes by.
pub const UNPAID: Journey = Journey {
    name: "unpaid",
    order: Order::Redeeming,
    sagas: &["payment_expiry", "redemption"],
    go: |run| Box::pin(run.pass(TimeDelta::days(8))),
};

/// The gateway owes an answer when the time to pay is over.
pub const IN_FLIGHT: Journey = Journey {
    name: "in flight",
    order: Order::Redeeming,
    sagas: &["payment_expiry"],
    go: |run| Box::pin(in_flight(run)),
};

/// Bought, delivered, confirmed by itself, settled, paid out.
pub const BOUGHT: Journey = Journey {
    name: "bought",
    order: Order::Redeeming,
    sagas: &["payment_expiry", "fulfilment", "confirmation", "accrual", "earning", "statement"],
    go: |run| Box::pin(bought(run)),
};

/// The shopper holds the confirmation for a while.
pub const HELD: Journey = Journey {
    name: "held",
    order: Order::Redeeming,
    sagas: &["confirmation"],
    go: |run| Box::pin(held(run)),
};

/// A piece is cancelled before the merchant packs; the rest is sent.
pub const CANCELLED: Journey = Journey {
    name: "cancelled",
    order: Order::Redeeming,
    sagas: &["claim", "refund", "fulfilment", "redemption"],
    go: |run| Box::pin(cancelled(run)),
};

/// The parcel has left before the silent merchant's yes to a cancel.
pub const TOO_LATE: Journey = Journey {
    name: "too late",
    order: Order::Redeeming,
    sagas: &["claim"],
    go: |run| Box::pin(too_late(run)),
};

/// A piece comes back and its money goes back.
pub const RETURNED: Journey = Journey {
    name: "returned",
    order: Order::Redeeming,
    sagas: &["claim", "refund", "accrual", "statement"],
    go: |run| Box::pin(returned(run)),
};

/// An operator takes a piece back that was confirmed already, and with it the points that it earned. Its order redeems no
/// points: those would come back at the same instant, before or after the others go.
pub const TAKEN_BACK: Journey = Journey {
    name: "taken back",
    order: Order::Plain,
    sagas: &["earning", "point_expiry"],
    go: |run| Box::pin(taken_back(run)),
};

/// The order's points are let go of when it ends unpaid, and end themselves a year later.
pub const FORGOTTEN: Journey = Journey {
    name: "forgotten",
    order: Order::Redeeming,
    sagas: &["point_expiry"],
    go: |run| Box::pin(forgotten(run)),
};

/// The time to pay goes by: what was bought of a limited product counts no more.
pub const NOT_COUNTED: Journey = Journey {
    name: "not counted",
    order: Order::Limited,
    sagas: &["redemption"],
    go: |run| Box::pin(run.pass(TimeDelta::days(8))),
};

/// A piece of a limited product is cancelled, and counts no more.
pub const COUNTED_LESS: Journey = Journey {
    name: "counted less",
    order: Order::Limited,
    sagas: &["redemption"],
    go: |run| Box::pin(cancelled(run)),
};

/// A gift that its recipient accepts; it is sent and kept.
pub const GIVEN: Journey = Journey {
    name: "given",
    order: Order::Gift,
    sagas: &["gift", "fulfilment"],
    go: |run| Box::pin(given(run)),
};

/// A gift that nobody accepts in time: it is cancelled whole, and all that it redeemed comes back.
pub const LAPSED: Journey = Journey {
    name: "lapsed",
    order: Order::Gift,
    sagas: &["gift", "claim", "refund", "redemption"],
    go: |run| Box::pin(lapsed(run)),
};

async fn in_flight(run: &mut Run) {
    let placed = run.api().log.read_latest::<order::Order>(&order(1)).await.unwrap().state;
    let due = placed.placed().unwrap().payment_due - run.world.clock.now();
    run.pass(due - TimeDelta::seconds(30)).await;
    pay_unanswered(run, 1, "timeout_before").await;
    run.pass(TimeDelta::days(1)).await;
}

async fn bought(run: &mut Run) {
    pay(run, 1).await;
    arrives(run, parcel(1)).await;
    run.pass(TimeDelta::days(8)).await;
    run.pass(TimeDelta::days(40)).await;
}

async fn held(run: &mut Run) {
    pay(run, 1).await;
    arrives(run, parcel(1)).await;
    let at = run.world.clock.now();
    let hold = HoldConfirmation { until: Some(at + TimeDelta::days(20)), at };
    orders(run, 1, order::Command::HoldConfirmation(hold), "hold").await;
    run.pass(TimeDelta::days(10)).await;
    run.pass(TimeDelta::days(20)).await;
}

async fn cancelled(run: &mut Run) {
    pay(run, 1).await;
    claims(run, 1, ClaimKind::Cancel).await;
    run.pass(TimeDelta::days(1)).await;
}

async fn too_late(run: &mut Run) {
    pay(run, 1).await;
    accepts(run, parcel(1)).await;
    claims(run, 1, ClaimKind::Cancel).await;
    leaves(run, parcel(1)).await;
    run.pass(TimeDelta::days(4)).await;
}

async fn returned(run: &mut Run) {
    pay(run, 1).await;
    arrives(run, parcel(1)).await;
    claims(run, 1, ClaimKind::Return).await;
    run.pass(TimeDelta::days(4)).await;
    comes_back(run, 1).await;
    run.pass(TimeDelta::days(48)).await;
}

async fn given(run: &mut Run) {
    pay(run, 1).await;
    let accept = AcceptGift { recipient: Sealed("c2VhbGVk".into()), memo: None, at: run.world.clock.now() };
    orders(run, 1, order::Command::AcceptGift(accept), "accept").await;
    arrives(run, parcel(1)).await;
    run.pass(TimeDelta::days(8)).await;
}

async fn lapsed(run: &mut Run) {
    pay(run, 1).await;
    run.pass(TimeDelta::days(8)).await;
}

async fn taken_back(run: &mut Run) {
    pay(run, 1).await;
    arrives(run, parcel(1)).await;
    run.pass(TimeDelta::days(8)).await;
    takes_back(run, 1).await;
    run.pass(TimeDelta::days(4)).await;
    comes_back(run, 1).await;
    run.pass(TimeDelta::days(1)).await;
}

async fn forgotten(run: &mut Run) {
    run.pass(TimeDelta::days(8)).await;
    run.pass(TimeDelta::days(400)).await;
}
