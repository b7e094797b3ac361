//! Which writes of one process go together: those that meet on an aggregate.
//!
//! A write whose aggregates nobody is busy with goes at once, alone. One that meets another waits until that one is done;
//! then everything that waits and meets goes as one group. So a hot aggregate costs one append for all who wait for it,
//! and who has nothing to do with it never waits. Never here: what a group does.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::StreamName;
use crate::member::Member;

/// The most writes in one group.
const GROUP: usize = 256;
/// The most writes that wait; one more is refused.
const WAITING: usize = 16_384;

/// Everybody who writes in this process.
#[derive(Debug, Default)]
pub(crate) struct Meeting(Mutex<Seats>);

#[derive(Debug, Default)]
struct Seats {
    /// The aggregates that a group is at work on.
    busy: HashSet<StreamName>,
    /// Who waits, in the order of arrival.
    waiting: VecDeque<Member>,
    /// How many wait for an aggregate.
    wanted: HashMap<StreamName, usize>,
}

/// What becomes of a write that arrives.
#[derive(Debug)]
pub(crate) enum Arrival {
    /// It goes now, as a group of its own.
    Goes(Vec<Member>),
    /// It waits for others; their group's end will call it.
    Waits,
    /// Too many wait already.
    Refused,
}

impl Meeting {
    /// Takes a write in.
    pub(crate) fn arrive(&self, member: Member) -> Arrival {
        let mut seats = self.seats();
        if member.streams().all(|stream| !seats.busy.contains(stream) && !seats.wanted.contains_key(stream)) {
            seats.busy.extend(member.streams().cloned());
            return Arrival::Goes(vec![member]);
        }
        if seats.waiting.len() >= WAITING {
            return Arrival::Refused;
        }
        seats.wait(member);
        Arrival::Waits
    }

    /// A group is done with these aggregates; gives the groups that can go now.
    pub(crate) fn leave(&self, streams: &HashSet<StreamName>) -> Vec<Vec<Member>> {
        let mut seats = self.seats();
        for stream in streams {
            seats.busy.remove(stream);
        }
        let mut groups = Vec::new();
        if streams.iter().any(|stream| seats.wanted.contains_key(stream)) {
            while let Some(group) = seats.next_group() {
                groups.push(group);
            }
        }
        groups
    }

    fn seats(&self) -> MutexGuard<'_, Seats> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seats {
    fn wait(&mut self, member: Member) {
        for stream in member.streams() {
            *self.wanted.entry(stream.clone()).or_default() += 1;
        }
        self.waiting.push_back(member);
    }

    /// The first of those who can go, and all others who can and who meet it or each other on the way. Nobody overtakes one
    /// who waits for the same aggregate.
    fn next_group(&mut self) -> Option<Vec<Member>> {
        let mut group: Vec<Member> = Vec::new();
        let mut theirs: HashSet<StreamName> = HashSet::new();
        let mut passed_over: HashSet<StreamName> = HashSet::new();
        let mut left = VecDeque::with_capacity(self.waiting.len());
        for member in self.waiting.drain(..) {
            let is_free =
                member.streams().all(|stream| !self.busy.contains(stream) && !passed_over.contains(stream));
            let meets = group.is_empty() || member.streams().any(|stream| theirs.contains(stream));
            if is_free && meets && group.len() < GROUP {
                theirs.extend(member.streams().cloned());
                group.push(member);
            } else {
                passed_over.extend(member.streams().cloned());
                left.push_back(member);
            }
        }
        self.waiting = left;
        for stream in group.iter().flat_map(Member::streams) {
            if let Some(wanted) = self.wanted.get_mut(stream) {
                *wanted -= 1;
                if *wanted == 0 {
                    self.wanted.remove(stream);
                }
            }
        }
        self.busy.extend(theirs);
        (!group.is_empty()).then_some(group)
    }
}
