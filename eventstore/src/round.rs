//! What a group of writes does: load, decide one after another, append all of it as one batch, tell each its own outcome;
//! and again with those who are left, until none is.
//!
//! A "no" and an "already so" are told only when nobody in the group has anything to write any more, and only from what the
//! leader has: what one was refused for may be another's write that never happens.

mod refresh;
mod verdict;

use std::collections::{BTreeMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use futures::FutureExt;

use self::verdict::Verdict;
use crate::batch::Assumption;
use crate::cache::Cache;
use crate::held::{Decided, Held};
use crate::member::Member;
use crate::{
    AppendError, Appended, CommandError, Commit, EventStore, Outcome, ReadError, Seq, StreamName, metrics,
};

/// The aggregates that a group is at work on.
pub(crate) struct Round<'a> {
    store: &'a dyn EventStore,
    held: BTreeMap<StreamName, Box<dyn Held>>,
    /// Together the writes were too large: from now on one by one.
    one_by_one: bool,
}

/// Sees every write of a group to its end. `freed` hears which aggregates nobody in it needs any more.
pub(crate) async fn see_through(
    store: &dyn EventStore,
    cache: &Cache,
    group: Vec<Member>,
    freed: impl Fn(HashSet<StreamName>),
) {
    let mut round = Round::hold(store, cache, &group).await;
    let mut open = group;
    while !open.is_empty() {
        open = round.go(open).await;
        freed(round.let_go_all_but(&open));
    }
}

impl<'a> Round<'a> {
    /// Takes every aggregate's turn, always in the order of their names, so that nobody waits for each other.
    async fn hold(store: &'a dyn EventStore, cache: &Cache, group: &[Member]) -> Self {
        let works: BTreeMap<_, _> =
            group.iter().flat_map(|member| &member.works).map(|work| (work.stream(), work)).collect();
        let mut held = BTreeMap::new();
        for (stream, work) in works {
            held.insert(stream.clone(), work.hold(cache).await);
        }
        Self { store, held, one_by_one: false }
    }

    /// Gives up the turn of every aggregate that concerns none of these writes; says which.
    fn let_go_all_but(&mut self, open: &[Member]) -> HashSet<StreamName> {
        let needed: HashSet<&StreamName> = open.iter().flat_map(Member::streams).collect();
        let freed = self.held.keys().filter(|stream| !needed.contains(stream)).cloned().collect();
        self.held.retain(|stream, _| needed.contains(stream));
        freed
    }

    /// Decides and appends once; gives the writes that are still open.
    async fn go(&mut self, open: Vec<Member>) -> Vec<Member> {
        let (mut writers, mut later, mut unchanged) = (Vec::new(), Vec::new(), Vec::new());
        for member in self.loaded(open).await {
            let verdict = match catch_unwind(AssertUnwindSafe(|| self.verdict(&member, &writers))) {
                Ok(verdict) => verdict,
                Err(panic) => {
                    member.break_off(panic);
                    continue;
                }
            };
            match verdict {
                Verdict::Replayed(outcome) => member.tell(outcome),
                Verdict::Writes(decided) => {
                    self.keep(&member, decided);
                    writers.push(member);
                }
                Verdict::Unchanged(outcome) => unchanged.push((member, outcome)),
                Verdict::Later => later.push(member),
            }
        }
        if writers.is_empty() {
            return self.tell_unchanged(unchanged).await;
        }
        let mut still_open = self.append(writers).await;
        still_open.extend(unchanged.into_iter().map(|(member, _)| member));
        still_open.extend(later);
        still_open
    }

    /// Reads what is missing; who can't be read for hears it.
    async fn loaded(&mut self, open: Vec<Member>) -> Vec<Member> {
        let mut loaded = Vec::with_capacity(open.len());
        let mut unavailable: Option<String> = None;
        for member in open {
            // One who waited for the log in vain is enough.
            let read = match &unavailable {
                Some(why) => Ok(Err(ReadError::Unavailable(why.clone()))),
                None => AssertUnwindSafe(self.load(&member)).catch_unwind().await,
            };
            match read {
                Err(panic) => member.break_off(panic),
                Ok(Ok(())) => loaded.push(member),
                Ok(Err(error)) => {
                    if let ReadError::Unavailable(why) = &error {
                        unavailable = Some(why.clone());
                    }
                    member.tell(Err(error.into()));
                }
            }
        }
        loaded
    }

    async fn load(&mut self, member: &Member) -> Result<(), ReadError> {
        for work in &member.works {
            if let Some(held) = self.held.get_mut(work.stream()) {
                // What is believed to be new is not read first: its guard says whether it is.
                if !(matches!(work.assumption(), Assumption::Absent) && held.is_unknown()) {
                    held.load(self.store).await?;
                }
            }
        }
        Ok(())
    }

    fn keep(&mut self, member: &Member, decided: Vec<(StreamName, Decided)>) {
        for (stream, decided) in decided {
            if let Some(held) = self.held.get_mut(&stream) {
                held.keep(&member.context, decided);
            }
        }
    }

    /// Appends what the writers decided; gives those who must decide anew.
    async fn append(&mut self, writers: Vec<Member>) -> Vec<Member> {
        let commits = self.commits(&writers);
        let written: Vec<StreamName> = commits.iter().map(|commit| commit.stream().clone()).collect();
        match self.store.append_all(commits).await {
            Ok(Appended::Committed(last)) => {
                metrics::appended(written.len());
                self.committed(&written, last);
                for member in writers {
                    let outcome = self.written(&member);
                    member.tell(Ok(outcome));
                }
                Vec::new()
            }
            Err(AppendError::Conflict { .. }) => {
                metrics::conflicted();
                self.again(writers).await
            }
            // By an earlier try, then all of it stands; or some of it by a twin in another process, then nothing of the
            // rest ever will, for the batch has lost a guard for good.
            Ok(Appended::AlreadyCommitted(_)) => {
                self.unwritten(writers).await.into_iter().filter_map(Member::once_more).collect()
            }
            Err(error @ AppendError::OutcomeUnknown) => {
                tell_all(self.unwritten(writers).await, || error.clone().into());
                Vec::new()
            }
            Err(AppendError::TooLarge(_)) if writers.len() > 1 => {
                self.give_up();
                self.one_by_one = true;
                writers
            }
            Err(error) => {
                self.give_up();
                tell_all(writers, || error.clone().into());
                Vec::new()
            }
        }
    }

    /// One commit for each aggregate that changes, in the order in which the writers name them.
    fn commits(&self, writers: &[Member]) -> Vec<Commit> {
        let mut named = HashSet::new();
        let streams = writers.iter().flat_map(Member::streams).filter(|stream| named.insert(*stream));
        streams.filter_map(|stream| self.held.get(stream)?.commit()).collect()
    }

    /// Folds what was decided at the positions it got: a batch stands in one piece.
    fn committed(&mut self, written: &[StreamName], last: Seq) {
        for (back, stream) in (0_u64..).zip(written.iter().rev()) {
            if let Some(held) = self.held.get_mut(stream) {
                held.committed(Seq(last.0.saturating_sub(back)));
            }
        }
    }

    /// Somebody else was first: reads what they wrote.
    async fn again(&mut self, writers: Vec<Member>) -> Vec<Member> {
        self.give_up();
        let mut read = self.refresh(writers.iter().flat_map(Member::streams)).await;
        let mut again = Vec::with_capacity(writers.len());
        for member in writers {
            match read.failure_of(&member) {
                Some(error) => member.tell(Err(error.into())),
                None => again.extend(member.once_more()),
            }
        }
        again
    }

    /// The leader knows which writes took effect: tells those, and gives the others. While it can't be read either, the
    /// outcome stays unknown.
    async fn unwritten(&mut self, writers: Vec<Member>) -> Vec<Member> {
        self.give_up();
        let read = self.refresh(writers.iter().flat_map(Member::streams)).await;
        let mut unwritten = Vec::new();
        for member in writers {
            if read.failed(&member) {
                member.tell(Err(AppendError::OutcomeUnknown.into()));
            } else if let Some(outcome) = self.replay(&member) {
                member.tell(outcome);
            } else {
                unwritten.push(member);
            }
        }
        unwritten
    }

    /// Tells who changes nothing, where the leader has nothing newer; the others decide anew.
    async fn tell_unchanged(
        &mut self,
        unchanged: Vec<(Member, Result<Outcome, CommandError>)>,
    ) -> Vec<Member> {
        let mut read = self.refresh(unchanged.iter().flat_map(|(member, _)| member.streams())).await;
        let mut again = Vec::new();
        for (member, outcome) in unchanged {
            if let Some(error) = read.failure_of(&member) {
                member.tell(Err(error.into()));
            } else if read.failed(&member) || read.is_newer(&member) {
                again.extend(member.once_more());
            } else {
                member.tell(outcome);
            }
        }
        again
    }

    fn give_up(&mut self) {
        self.held.values_mut().for_each(|held| held.give_up());
    }
}

fn tell_all(members: Vec<Member>, error: impl Fn() -> CommandError) {
    for member in members {
        member.tell(Err(error()));
    }
}
