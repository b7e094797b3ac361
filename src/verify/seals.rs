//! The log held against its seals, and against those that were kept outside: where the running hash is not the sealed
//! one, something between that seal and the one before was altered, taken away or reordered.

use std::collections::VecDeque;

use eventstore::seal::{self, Chain, Event, LogHash, Sealed};
use eventstore::{EventStore, Message, ReadError, Recorded, Seq};

use super::fold::Fold;
use super::report::{Finding, Flaw};

/// The running hash, and the seals that it has yet to meet.
#[derive(Debug, Default)]
pub(super) struct Seals {
    chain: Chain,
    due: VecDeque<Due>,
    /// Through here the last seal's hash was met, or taken for the truth to go on from.
    met: Seq,
    /// Likewise of a seal that was kept outside.
    met_outside: Seq,
    /// The first position behind that which is visibly wrong.
    suspect: Option<Seq>,
    /// The last seal in the log that was met.
    last: Option<Chain>,
}

/// A hash that must be met.
#[derive(Debug)]
struct Due {
    through: Seq,
    hash: LogHash,
    /// Where it stands in the log; `None` for one that was kept outside.
    seal: Option<Seq>,
}

impl Seals {
    /// The seals of a log's stream of them, those that can be read, and the ones kept outside.
    pub(super) fn of(messages: &[Message], outside: &[Chain]) -> Self {
        let kept = outside.iter().map(|it| Due { through: it.through, hash: it.hash, seal: None });
        let commits = messages.iter().filter_map(|message| message.read(message.stream()?).ok());
        let written = commits.flat_map(|commit| {
            let events = commit.decode::<Event>().unwrap_or_default();
            let seal = Some(commit.seq);
            let due = move |Event::Sealed(Sealed { through, hash, .. })| Due { through, hash, seal };
            events.into_iter().map(due)
        });
        let mut due: Vec<Due> = kept.chain(written).collect();
        // One that was kept outside is met first: it may prove one in the log wrong, never the other way round.
        due.sort_by_key(|due| (due.through, due.seal));
        Self { due: due.into(), ..Self::default() }
    }

    /// The next message; says what is found on the way to it.
    pub(super) fn hear(&mut self, message: &Message) -> Vec<Finding> {
        if message.seq.0 != self.chain.through.0 + 1 {
            self.suspect(Seq(self.chain.through.0 + 1));
        }
        let found = self.meet(Seq(message.seq.0.saturating_sub(1)));
        self.chain.hear(message);
        found
    }

    /// Something is visibly wrong at a position.
    pub(super) fn suspect(&mut self, position: Seq) {
        self.suspect.get_or_insert(position);
    }

    /// Meets every seal through a position: nothing more comes before the next one.
    pub(super) fn meet(&mut self, through: Seq) -> Vec<Finding> {
        let mut found = Vec::new();
        while let Some(due) = self.due.pop_front_if(|due| due.through <= through) {
            if due.hash == self.chain.hash {
                self.is_met(&due);
            } else {
                found.push(self.is_broken(&due));
            }
        }
        found
    }

    /// The log ends here; a seal of something behind its end is broken.
    pub(super) fn end(&mut self, head: Seq) -> Vec<Finding> {
        let mut found = self.meet(head);
        let beyond = self.due.drain(..).map(|due| Finding {
            position: Some(due.seal.unwrap_or(due.through)),
            stream: None,
            flaw: Flaw::EndsBeforeSeal { through: due.through, head },
        });
        found.extend(beyond);
        found
    }

    /// The last seal that was met: all before it is as it was when it was sealed.
    pub(super) const fn last(&self) -> Option<Chain> {
        self.last
    }

    fn is_met(&mut self, due: &Due) {
        self.met = due.through;
        self.suspect = None;
        match due.seal {
            None => self.met_outside = due.through,
            Some(_) => self.last = Some(Chain { through: due.through, hash: due.hash }),
        }
    }

    /// A seal in the log is gone on from, so that what is behind it is held against the next one by itself.
    fn is_broken(&mut self, due: &Due) -> Finding {
        let before = if due.seal.is_some() { self.met } else { self.met_outside };
        let first = Seq(before.0 + 1);
        let at = self.suspect.filter(|at| (first..=due.through).contains(at));
        if due.seal.is_some() {
            self.chain = Chain { through: self.chain.through, hash: due.hash };
            self.met = due.through;
            self.suspect = None;
        }
        let flaw = Flaw::SealBroken { first, through: due.through, seal: due.seal, at };
        Finding { position: Some(at.unwrap_or(first)), stream: None, flaw }
    }
}

/// The seals' own history: each speaks of what is before it, and of more than the one before.
#[derive(Default)]
pub(super) struct SealFold(Seq);

impl Fold for SealFold {
    fn step(&mut self, commit: &Recorded) -> Result<Vec<String>, ReadError> {
        let mut broken = Vec::new();
        for Event::Sealed(Sealed { through, .. }) in commit.decode::<Event>()? {
            if through <= self.0 || through >= commit.seq {
                broken.push(format!("seals through {through}, after a seal through {}", self.0));
            }
            self.0 = through;
        }
        Ok(broken)
    }
}

pub(super) fn fold() -> Box<dyn Fold> {
    Box::new(SealFold::default())
}

/// Reads a log's seals; one that is missing or can't be read is found by the walk.
pub(super) async fn load(store: &dyn EventStore, outside: &[Chain]) -> Result<Seals, ReadError> {
    Ok(Seals::of(&store.messages_of(&seal::stream()).await?, outside))
}
