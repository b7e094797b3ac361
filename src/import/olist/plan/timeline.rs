//! An order's steps by its status and times. What the data leaves out or turns round is put right, as a finding.

use chrono::TimeDelta;
use kernel::Timestamp;

use crate::import::olist::files::{Order, Status};
use crate::import::olist::finding::{Finding, Reason};

/// How long after payment a merchant accepts an order; the data doesn't tell.
const ACCEPTED_AFTER: TimeDelta = TimeDelta::hours(1);
/// How long after its last step an order is cancelled; the data doesn't tell.
const CANCELLED_AFTER: TimeDelta = TimeDelta::hours(1);

/// Something that happens to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// What.
    pub act: Act,
}

/// What happens to an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// The shopper places it.
    Place,
    /// The shopper pays.
    Pay,
    /// The shopper doesn't want it any more, and has not paid.
    Stop,
    /// Its merchants accept it.
    Accept,
    /// Its merchants hand it to the carrier.
    Dispatch,
    /// The carrier hands it over.
    Deliver,
    /// The shopper cancels it, paid but not sent.
    Cancel,
    /// Its merchants cancel it, paid but not sent: they haven't the goods.
    CancelUnavailable,
}

impl Act {
    /// The step's name in the names of its commands.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Pay => "pay",
            Self::Stop => "stop",
            Self::Accept => "accept",
            Self::Dispatch => "dispatch",
            Self::Deliver => "deliver",
            Self::Cancel => "cancel",
            Self::CancelUnavailable => "cancel_unavailable",
        }
    }

    /// Whether it needs what sagas do after payment: the request of shipments.
    pub const fn follows_payment(self) -> bool {
        match self {
            Self::Place | Self::Pay | Self::Stop => false,
            Self::Accept | Self::Dispatch | Self::Deliver | Self::Cancel | Self::CancelUnavailable => true,
        }
    }
}

/// What happens to an order that must be paid before `due`.
pub(super) fn steps(order: &Order, due: Timestamp, findings: &mut Vec<Finding>) -> Vec<Step> {
    let mut timeline = Timeline { order, steps: Vec::new(), findings };
    timeline.step(Act::Place, order.purchased_at);
    match order.status {
        Status::Created | Status::Unknown => {}
        Status::Canceled => timeline.cancelled(due, Act::Cancel),
        Status::Unavailable => timeline.cancelled(due, Act::CancelUnavailable),
        Status::Approved => timeline.paid(due),
        Status::Invoiced | Status::Processing => timeline.accepted(due),
        Status::Shipped => timeline.dispatched(due),
        Status::Delivered => timeline.delivered(due),
    }
    timeline.tell_unused();
    timeline.steps
}

struct Timeline<'a> {
    order: &'a Order,
    steps: Vec<Step>,
    findings: &'a mut Vec<Finding>,
}

impl Timeline<'_> {
    fn last_at(&self) -> Timestamp {
        self.steps.last().map_or(self.order.purchased_at, |step| step.at)
    }

    fn tell(&mut self, reason: Reason, detail: impl Into<String>) {
        self.findings.push(Finding::new(reason, &self.order.order).because(detail));
    }

    /// Adds a step; one before the last is moved to it.
    fn step(&mut self, act: Act, at: Timestamp) {
        let last_at = self.last_at();
        if at < last_at {
            self.tell(Reason::TimeBackwards, format!("{}: {at} before {last_at}", act.name()));
        }
        self.steps.push(Step { act, at: at.max(last_at) });
    }

    fn paid(&mut self, due: Timestamp) {
        if self.order.approved_at.is_none() {
            self.tell(Reason::ApprovalMissing, self.order.status_word.clone());
        }
        let at = self.order.approved_at.unwrap_or(self.order.purchased_at);
        let latest = due - TimeDelta::seconds(1);
        if at > latest {
            self.tell(Reason::ApprovedTooLate, format!("{at} after {due}"));
        }
        self.step(Act::Pay, at.min(latest));
    }

    fn accepted(&mut self, due: Timestamp) {
        self.paid(due);
        let accepted_at = self.last_at() + ACCEPTED_AFTER;
        let before_dispatch = self.order.dispatched_at.map_or(accepted_at, |at| at.min(accepted_at));
        self.step(Act::Accept, before_dispatch.max(self.last_at()));
    }

    fn dispatched(&mut self, due: Timestamp) {
        self.accepted(due);
        if self.order.dispatched_at.is_none() {
            self.tell(Reason::DispatchTimeMissing, self.order.status_word.clone());
        }
        let at = self.order.dispatched_at.unwrap_or_else(|| self.last_at());
        self.step(Act::Dispatch, at);
    }

    fn delivered(&mut self, due: Timestamp) {
        self.dispatched(due);
        let at = self.order.delivered_at.unwrap_or_else(|| {
            self.tell(Reason::DeliveryTimeMissing, self.order.status_word.clone());
            self.order.estimated_at.map_or(self.last_at(), |estimate| estimate.max(self.last_at()))
        });
        self.step(Act::Deliver, at);
    }

    fn cancelled(&mut self, due: Timestamp, act: Act) {
        let act = if self.order.approved_at.is_some() {
            self.paid(due);
            act
        } else {
            Act::Stop
        };
        self.step(act, self.last_at() + CANCELLED_AFTER);
    }

    /// Times that the status has no step for.
    fn tell_unused(&mut self) {
        let has = |act| self.steps.iter().any(|step| step.act == act);
        let (dispatches, delivers) = (has(Act::Dispatch), has(Act::Deliver));
        if let Some(at) = self.order.dispatched_at.filter(|_| !dispatches) {
            self.tell(Reason::DispatchTimeUnused, format!("{}: {at}", self.order.status_word));
        }
        if let Some(at) = self.order.delivered_at.filter(|_| !delivers) {
            self.tell(Reason::DeliveryTimeUnused, format!("{}: {at}", self.order.status_word));
        }
    }
}
