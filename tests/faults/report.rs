//! What a run came to, for people: the seed, the faults, what was acknowledged, how fast things came back, what is wrong.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use crate::checker::{Finding, Parked};
use crate::failing::Recovery;
use crate::journal::Pages;
use crate::plan::{Fault, Kind};
use crate::topology::{Program, Topology};

/// The outcome of a run.
pub struct Report {
    /// What the plan and the load followed from.
    pub seed: u64,
    /// How long things failed.
    pub length: Duration,
    /// How many nats-servers there were.
    pub topology: Topology,
    /// What failed.
    pub plan: Vec<Fault>,
    /// How fast each loss of a process was made good.
    pub recoveries: Vec<Recovery>,
    /// What clients were told.
    pub journal: Pages,
    /// How many events of which kind the log holds, of those that tell how far things came.
    pub events: BTreeMap<String, usize>,
    /// How many commits there are.
    pub commits: usize,
    /// Commands that wait for a person.
    pub parked: Vec<Parked>,
    /// Processes that ended by themselves.
    pub ended: BTreeMap<Program, (usize, String)>,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

impl Report {
    /// The command that repeats the run.
    fn replay(&self) -> String {
        let cluster = if self.topology.nats > 1 { " --r3" } else { "" };
        format!("scripts/faults --seed {} --seconds {}{cluster}", self.seed, self.length.as_secs())
    }

    fn faults_by_kind(&self) -> BTreeMap<Kind, usize> {
        let mut kinds = BTreeMap::new();
        for fault in &self.plan {
            *kinds.entry(fault.kind).or_default() += 1;
        }
        kinds
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { journal, recoveries, parked, ended, findings, .. } = self;
        writeln!(f, "seed {}, nats-servers {}, {} s", self.seed, self.topology.nats, self.length.as_secs())?;
        writeln!(f, "faults: {} {:?}", self.plan.len(), self.faults_by_kind())?;
        let counts = journal.counts();
        writeln!(f, "acknowledged writes: {} {counts:?}", counts.values().sum::<usize>())?;
        writeln!(f, "in the log: {} commits, among them {:?}", self.commits, self.events)?;
        writeln!(f, "refused by a rule: {:?}", journal.refused)?;
        writeln!(f, "tried again after: {:?}", journal.repeated)?;
        writeln!(f, "without an answer in the end: {}", journal.unanswered)?;
        for Recovery { fault, program, took } in recoveries {
            let took = took.map_or("never in time".to_owned(), |took| format!("{} ms", took.as_millis()));
            writeln!(
                f,
                "recovery: {program} at {} ms ({:?}, away {} ms): {took}",
                fault.at.as_millis(),
                fault.kind,
                fault.lasts.as_millis()
            )?;
        }
        for (program, (times, words)) in ended {
            let last = words.lines().last().unwrap_or_default();
            writeln!(f, "ended by itself and was started again: {program}, {times} times, lastly: {last}")?;
        }
        for parked in parked {
            writeln!(f, "parked: {} {} {}: {}", parked.saga, parked.key, parked.command, parked.reason)?;
        }
        for Finding { law, what } in findings {
            writeln!(f, "WRONG {law:?}: {what}")?;
        }
        if findings.is_empty() {
            writeln!(f, "nothing is wrong")
        } else {
            writeln!(f, "{} findings; to run it again: {}", findings.len(), self.replay())
        }
    }
}
