//! The journeys, and which sagas each is about.

use std::pin::Pin;

use chrono::TimeDelta;
use order::Order;
use order::command::HoldConfirmation;
use order::value::ClaimKind;
use sagas::Clock;

use crate::acts::{
    accepts, arrives, claims, comes_back, leaves, order, orders, parcel, pay, pay_unanswered, takes_back,
};
use crate::world::Run;

/// A journey.
#[derive(Clone, Copy)]
pub struct Journey {
    pub name: &'static str,
    /// Whether its order redeems a coupon and points.
    pub redeems: bool,
    /// The sagas that are ended on it.
    pub sagas: &'static [&'static str],
    pub go: for<'a> fn(&'a mut Run) -> Pin<Box<dyn Future<Output = ()> + 'a>>,
}

/// Each of them.
pub const ALL: [Journey; 9] =
    [UNPAID, IN_FLIGHT, BOUGHT, HELD, CANCELLED, TOO_LATE, RETURNED, TAKEN_BACK, FORGOTTEN];

/// The time to pay goes by.
pub const UNPAID: Journey = Journey {
    name: "unpaid",
    redeems: true,
    sagas: &["payment_expiry", "redemption"],
    go: |run| Box::pin(run.pass(TimeDelta::days(8))),
};

/// The gateway owes an answer when the time to pay is over.
pub const IN_FLIGHT: Journey = Journey {
    name: "in flight",
    redeems: true,
    sagas: &["payment_expiry"],
    go: |run| Box::pin(in_flight(run)),
};

/// Bought, delivered, confirmed by itself, settled, paid out.
pub const BOUGHT: Journey = Journey {
    name: "bought",
    redeems: true,
    sagas: &["payment_expiry", "fulfilment", "confirmation", "accrual", "earning", "statement"],
    go: |run| Box::pin(bought(run)),
};

/// The shopper holds the confirmation for a while.
pub const HELD: Journey =
    Journey { name: "held", redeems: true, sagas: &["confirmation"], go: |run| Box::pin(held(run)) };

/// A piece is cancelled before the merchant packs; the rest is sent.
pub const CANCELLED: Journey = Journey {
    name: "cancelled",
    redeems: true,
    sagas: &["claim", "refund", "fulfilment", "redemption"],
    go: |run| Box::pin(cancelled(run)),
};

/// The parcel has left before the silent merchant's yes to a cancel.
pub const TOO_LATE: Journey =
    Journey { name: "too late", redeems: true, sagas: &["claim"], go: |run| Box::pin(too_late(run)) };

/// A piece comes back and its money goes back.
pub const RETURNED: Journey = Journey {
    name: "returned",
    redeems: true,
    sagas: &["claim", "refund", "accrual", "statement"],
    go: |run| Box::pin(returned(run)),
};

/// An operator takes a piece back that was confirmed already, and with it the points that it earned. Its order redeems no
/// points: those would come back at the same instant, before or after the others go.
pub const TAKEN_BACK: Journey = Journey {
    name: "taken back",
    redeems: false,
    sagas: &["earning", "point_expiry"],
    go: |run| Box::pin(taken_back(run)),
};

/// The order's points are let go of when it ends unpaid, and end themselves a year later.
pub const FORGOTTEN: Journey = Journey {
    name: "forgotten",
    redeems: true,
    sagas: &["point_expiry"],
    go: |run| Box::pin(forgotten(run)),
};

async fn in_flight(run: &mut Run) {
    let placed = run.api().log.read_latest::<Order>(&order(1)).await.unwrap().state;
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
