//! The checker: what must hold of a log, whatever failed while it was written, held against what clients were told and
//! against the books of the gateway, which saw the same events from outside. Pure; it believes no read model.

mod absent;
mod doubled;
mod ends;
mod forgotten;
mod money;
mod oversold;

use std::collections::BTreeMap;

use eventstore::Recorded;
use kernel::{Decider, Timestamp};

use crate::journal::Pages;

pub use self::ends::Parked;

/// What is known at the end.
#[derive(Debug, Default)]
pub struct Evidence {
    /// Every commit, in its order.
    pub log: Vec<Recorded>,
    /// What clients were told.
    pub journal: Pages,
    /// What the gateway knows.
    pub books: Books,
}

/// The books of the sandbox's gateway.
#[derive(Debug, Default)]
pub struct Books {
    /// Money that it took.
    pub captures: Vec<Booked>,
    /// Money that it gave back.
    pub refunds: Vec<Booked>,
}

/// Money that the gateway moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booked {
    /// The capture's reference, whether it is the capture or a refund of it.
    pub capture: String,
    /// How much, in minor units.
    pub minor: i64,
}

/// A law that is broken, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The law.
    pub law: Law,
    /// The figures.
    pub what: String,
}

/// What must never be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Law {
    /// A client was told of a write that the log doesn't have.
    AcknowledgedButAbsent,
    /// Something took effect twice.
    Doubled,
    /// A repeated request was refused for what its first try had done.
    Forgotten,
    /// More pieces were promised than there were.
    Oversold,
    /// Money went back twice, or more than came.
    RefundedTwice,
    /// An entry of the ledger, or the ledger and the gateway's books, don't agree.
    Unbalanced,
    /// A read model says something else than the log.
    ReadModelDiffers,
    /// A saga or what it looks after stands where nothing will ever move it.
    WithoutEnd,
    /// The log itself is not sound.
    Unsound,
    /// Nothing much happened: a run that proves nothing.
    Idle,
}

/// Everything that is wrong with the evidence.
pub fn findings(evidence: &Evidence, now: Timestamp) -> Vec<Finding> {
    let Evidence { log, journal, books } = evidence;
    [
        absent::findings(log, journal),
        doubled::findings(log),
        forgotten::findings(journal),
        oversold::findings(log),
        money::findings(log, books),
        ends::findings(log, now),
    ]
    .concat()
}

/// The commands that wait for a person, each with its reason.
pub fn parked(log: &[Recorded]) -> Vec<Parked> {
    ends::parked(log)
}

/// Every aggregate of a kind by its id, folded.
pub fn folded<D: Decider>(log: &[Recorded]) -> BTreeMap<String, D::State> {
    let mut states: BTreeMap<String, D::State> = BTreeMap::new();
    for recorded in log {
        let Some(events) = recorded.events_of::<D>().expect("the log can be read") else { continue };
        let state = states.remove(recorded.stream.id()).unwrap_or_default();
        states.insert(recorded.stream.id().to_owned(), events.iter().fold(state, D::evolve));
    }
    states
}

fn finding(law: Law, what: impl Into<String>) -> Finding {
    Finding { law, what: what.into() }
}

#[cfg(test)]
mod tests;
