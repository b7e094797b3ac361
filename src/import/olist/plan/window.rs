//! Windows: the timeline cut at local midnights, so that the clock moves in steps that no timer can notice.
//!
//! A window never spans the beginning of a month, where settlement cycles end, and is shorter than the days until a
//! delivery confirms itself. In it jobs run in two rounds: placing and paying; then, when the sagas have asked for
//! shipments, the rest. Jobs of a chain run one after another, chains side by side.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime, TimeDelta};
use kernel::Timestamp;

use super::PlannedOrder;
use super::timeline::{Act, Step};
use crate::malls::Mall;

/// The longest window in days.
const MOST_DAYS: usize = 6;
/// A window with so many jobs is long enough.
const ENOUGH_JOBS: usize = 600;
/// The days after the last step in which deliveries confirm themselves.
const DAYS_AFTER: u64 = 40;
/// The days of the last month in which its statements are closed, confirmed and paid.
const DAYS_TO_SETTLE: u64 = 10;

/// A step of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Job {
    /// When.
    pub at: Timestamp,
    /// Which of the plan's orders.
    pub order: usize,
    /// Which of its steps.
    pub step: usize,
}

/// Jobs to do one after another.
pub type Chain = Vec<Job>;

/// A span of virtual time, from the end of the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// Its end (exclusive).
    pub until: Timestamp,
    /// Orders placed, paid, stopped. Those that share a product are in one chain, in the order of their times.
    pub buying: Vec<Chain>,
    /// What follows payment: one chain per order.
    pub fulfilling: Vec<Chain>,
}

/// When the import begins: the local midnight a day before the first order.
pub(super) fn start(orders: &[PlannedOrder], mall: &Mall) -> Timestamp {
    let first = orders.iter().flat_map(|order| &order.steps).map(|step| step.at).min();
    let day = local_day(first.unwrap_or(chrono::DateTime::UNIX_EPOCH), mall);
    midnight(day.checked_sub_days(Days::new(1)).unwrap_or(day), mall)
}

/// The timeline of all orders.
pub(super) fn windows(orders: &[PlannedOrder], starts_at: Timestamp, mall: &Mall) -> Vec<Window> {
    let mut jobs: Vec<Job> = (0..).zip(orders).flat_map(|(order, planned)| jobs_of(order, planned)).collect();
    jobs.sort();
    let bounds = bounds(&jobs, local_day(starts_at, mall), close(orders, mall), mall);
    let mut rest = jobs.as_slice();
    let mut windows = Vec::with_capacity(bounds.len());
    for until in bounds {
        let (within, after) = rest.split_at(rest.partition_point(|job| job.at < until));
        rest = after;
        windows.push(window(until, within, orders));
    }
    windows
}

fn jobs_of(order: usize, planned: &PlannedOrder) -> impl Iterator<Item = Job> {
    (0..).zip(&planned.steps).map(move |(step, Step { at, .. })| Job { at: *at, order, step })
}

/// The day by which everything is settled and every unpaid order expired.
fn close(orders: &[PlannedOrder], mall: &Mall) -> NaiveDate {
    let ends = orders.iter().filter_map(|order| {
        let last = order.steps.last()?;
        let unpaid = order.steps.iter().all(|step| step.act == Act::Place);
        Some(if unpaid { mall.payment_due(last.at) } else { last.at })
    });
    let last = local_day(ends.max().unwrap_or(chrono::DateTime::UNIX_EPOCH), mall);
    let confirmed = last.checked_add_days(Days::new(DAYS_AFTER)).unwrap_or(last);
    let month = confirmed.with_day(1).unwrap_or(confirmed);
    let settled = month.checked_add_months(Months::new(1)).unwrap_or(month);
    settled.checked_add_days(Days::new(DAYS_TO_SETTLE)).unwrap_or(settled)
}

/// The ends of the windows, as instants.
fn bounds(jobs: &[Job], from: NaiveDate, close: NaiveDate, mall: &Mall) -> Vec<Timestamp> {
    let mut by_day: HashMap<NaiveDate, usize> = HashMap::new();
    for job in jobs {
        *by_day.entry(local_day(job.at, mall)).or_default() += 1;
    }
    let mut bounds = Vec::new();
    let (mut days, mut busy) = (0, 0);
    for day in from.iter_days().take_while(|day| *day < close) {
        days += 1;
        busy += by_day.get(&day).copied().unwrap_or(0);
        let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
        if days >= MOST_DAYS || busy >= ENOUGH_JOBS || next.day() == 1 || next >= close {
            bounds.push(midnight(next, mall));
            (days, busy) = (0, 0);
        }
    }
    bounds
}

fn window(until: Timestamp, jobs: &[Job], orders: &[PlannedOrder]) -> Window {
    let act =
        |job: &Job| orders.get(job.order).and_then(|order| order.steps.get(job.step)).map(|step| step.act);
    let (later, buying): (Vec<Job>, Vec<Job>) =
        jobs.iter().partition(|job| act(job).is_some_and(Act::follows_payment));
    let mut linked = Linked::default();
    for job in buying.iter().filter(|job| act(job) == Some(Act::Place)) {
        let lines = orders.get(job.order).map(|order| order.lines.as_slice()).unwrap_or_default();
        for line in lines {
            linked.sells(job.order, line.offer);
        }
    }
    let buying = chains(&buying, |job| linked.head(job.order));
    Window { until, buying, fulfilling: chains(&later, |job| job.order) }
}

/// Jobs by what links them, the longest chains first.
fn chains(jobs: &[Job], link: impl Fn(&Job) -> usize) -> Vec<Chain> {
    let mut chains: BTreeMap<usize, Chain> = BTreeMap::new();
    for job in jobs {
        chains.entry(link(job)).or_default().push(*job);
    }
    let mut chains: Vec<Chain> = chains.into_values().collect();
    chains.sort_by_key(|chain| std::cmp::Reverse(chain.len()));
    chains
}

/// Orders linked by the offers that they share (union-find).
#[derive(Debug, Default)]
struct Linked {
    parents: HashMap<usize, usize>,
    by_offer: HashMap<usize, usize>,
}

impl Linked {
    fn sells(&mut self, order: usize, offer: usize) {
        let other = *self.by_offer.entry(offer).or_insert(order);
        let (a, b) = (self.head(order), self.head(other));
        if a != b {
            self.parents.insert(a, b);
        }
    }

    fn head(&self, order: usize) -> usize {
        let mut head = order;
        while let Some(parent) = self.parents.get(&head) {
            head = *parent;
        }
        head
    }
}

fn offset(mall: &Mall) -> TimeDelta {
    TimeDelta::seconds(i64::from(mall.utc_offset_seconds))
}

fn local_day(at: Timestamp, mall: &Mall) -> NaiveDate {
    let utc = at.naive_utc();
    utc.checked_add_signed(offset(mall)).unwrap_or(utc).date()
}

fn midnight(day: NaiveDate, mall: &Mall) -> Timestamp {
    let local = day.and_time(NaiveTime::MIN);
    local.checked_sub_signed(offset(mall)).unwrap_or(local).and_utc()
}
