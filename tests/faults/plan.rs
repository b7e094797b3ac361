//! The plan of faults: which, where, when, how long. It follows from the seed, the length and the topology alone, so
//! that a run that failed can be repeated. Never here: doing it.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use crate::chance::Chance;
use crate::topology::{Link, Program, Topology, links};

/// Nothing fails before this: the first orders are on their way.
const BEGINS: Duration = Duration::from_secs(2);
/// Between the beginnings of two faults.
const GAP: (Duration, Duration) = (Duration::from_millis(1_500), Duration::from_secs(5));
/// How long a fault lasts; and one in so many hundred, longer than the log is waited for.
const LASTS: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(6));
const LASTS_LONG: (Duration, Duration) = (Duration::from_secs(16), Duration::from_secs(20));
const LONG_PERCENT: usize = 12;
/// How long what was hit is left alone afterwards.
const RESPITE: Duration = Duration::from_secs(3);
/// By how much a slow link delays each piece of what it carries.
const DELAY: (Duration, Duration) = (Duration::from_millis(20), Duration::from_millis(300));
/// How often another place is drawn where one is not left alone yet.
const DRAWS: usize = 8;

/// What fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A process is killed (SIGKILL) and started again after a while.
    Kill,
    /// A process is asked to end (SIGTERM) and started again after a while.
    Restart,
    /// A process stands still (SIGSTOP, SIGCONT).
    Freeze,
    /// A link delays.
    Slow,
    /// A link's connections are cut, and new ones as long as it lasts.
    Cut,
    /// A link swallows what it should carry, silently; then its connections are cut.
    HalfOpen,
}

/// Every kind there is.
pub const KINDS: [Kind; 6] = [Kind::Kill, Kind::Restart, Kind::Freeze, Kind::Slow, Kind::Cut, Kind::HalfOpen];

/// Where something fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// A process.
    Program(Program),
    /// A link.
    Link(Link),
}

/// A fault of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// When it begins, from the beginning of the run.
    pub at: Duration,
    /// What fails.
    pub kind: Kind,
    /// Where.
    pub place: Place,
    /// How long.
    pub lasts: Duration,
    /// By how much a slow link delays.
    pub delay: Duration,
}

impl Fault {
    /// When it is over.
    pub fn ends(&self) -> Duration {
        self.at + self.lasts
    }
}

/// The plan of a seed, in the order of its beginnings; every fault is over by `length`.
pub fn plan(seed: u64, length: Duration, topology: Topology) -> Vec<Fault> {
    let mut chance = Chance::new(seed);
    let mut faults: Vec<Fault> = Vec::new();
    let mut left_alone_until: BTreeMap<Place, Duration> = BTreeMap::new();
    let (mut at, mut kinds) = (BEGINS, Vec::new());
    while at < length {
        let kind = kinds.pop().unwrap_or_else(|| {
            kinds = chance.shuffled(&KINDS);
            kinds.pop().unwrap()
        });
        let places = places(kind, topology);
        let free = |place: &Place| left_alone_until.get(place).is_none_or(|until| *until <= at);
        let place = (0..DRAWS).map(|_| chance.pick(&places)).find(free);
        if let Some(place) = place {
            let (least, most) = if chance.percent(LONG_PERCENT) { LASTS_LONG } else { LASTS };
            let lasts = chance.between(least, most);
            let delay = chance.between(DELAY.0, DELAY.1);
            left_alone_until.insert(place, at + lasts + RESPITE);
            faults.push(Fault { at, kind, place, lasts, delay });
        }
        at += chance.between(GAP.0, GAP.1);
    }
    faults.retain(|fault| fault.ends() <= length);
    faults
}

/// Where such a fault can happen.
fn places(kind: Kind, topology: Topology) -> Vec<Place> {
    match kind {
        Kind::Kill | Kind::Restart | Kind::Freeze => {
            topology.programs().into_iter().map(Place::Program).collect()
        }
        Kind::Slow | Kind::Cut | Kind::HalfOpen => links().into_iter().map(Place::Link).collect(),
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Program(program) => program.fmt(f),
            Self::Link(link) => link.fmt(f),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { at, kind, place, lasts, delay } = self;
        write!(f, "{:>6} ms  {kind:?} {place} for {} ms", at.as_millis(), lasts.as_millis())?;
        if *kind == Kind::Slow { write!(f, " by {} ms", delay.as_millis()) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const MINUTE: Duration = Duration::from_mins(1);
    const HOUSES: [Topology; 2] = [Topology { nats: 1 }, Topology { nats: 3 }];

    #[test]
    fn the_same_seed_gives_the_same_plan() {
        for house in HOUSES {
            assert_eq!(plan(7, MINUTE, house), plan(7, MINUTE, house));
            assert_ne!(plan(7, MINUTE, house), plan(8, MINUTE, house));
        }
    }

    #[test]
    fn a_longer_plan_holds_all_of_a_shorter_one() {
        let [house, _] = HOUSES;
        let (short, mut long) = (plan(7, MINUTE, house), plan(7, MINUTE * 5, house));
        long.retain(|fault| fault.ends() <= MINUTE);
        assert_eq!(long, short);
    }

    #[test]
    fn every_fault_is_over_in_time_and_leaves_its_place_alone_afterwards() {
        for (seed, house) in (0..200).flat_map(|seed| HOUSES.map(|house| (seed, house))) {
            let faults = plan(seed, MINUTE, house);
            assert!(faults.len() >= 6, "{faults:?}");
            let mut until: BTreeMap<Place, Duration> = BTreeMap::new();
            for fault in faults {
                assert!(fault.at >= BEGINS && fault.ends() <= MINUTE, "{fault}");
                assert!(until.get(&fault.place).is_none_or(|until| *until <= fault.at), "{fault}");
                until.insert(fault.place, fault.ends() + RESPITE);
            }
        }
    }

    #[test]
    fn some_faults_outlast_the_patience_of_who_waits_for_the_log() {
        let faults = (0..100).flat_map(|seed| plan(seed, MINUTE, HOUSES[0]));
        let long = faults.filter(|fault| fault.lasts >= LASTS_LONG.0).count();
        assert!(long > 50, "{long}");
    }

    #[test]
    fn every_kind_and_every_place_has_its_turn() {
        for house in HOUSES {
            let faults: Vec<Fault> = (0..100).flat_map(|seed| plan(seed, MINUTE, house)).collect();
            let kinds: BTreeSet<Kind> = faults.iter().map(|fault| fault.kind).collect();
            let hit: BTreeSet<Place> = faults.iter().map(|fault| fault.place).collect();
            let all = KINDS.into_iter().flat_map(|kind| places(kind, house));
            assert_eq!(kinds, KINDS.into_iter().collect());
            assert_eq!(hit, all.collect());
        }
    }
}
