//! Group commit: writes that wait at the same moment go out as one atomic batch, so that one round of fsyncs carries
//! them all. A lone one goes out at once, as a plain guarded publish. A batch costs the server far more than its messages
//! do, so batches begin a little apart, and what comes meanwhile shares the next.
//!
//! ```text
//!  writers ──▶ queue ──▶ gather (no subject twice, ≤ 1,000 messages) ──▶ one group on its way
//!                          ▲                                               │ refused: who lost is looked up and told,
//!                          └── what didn't fit                             └ the others go out again
//! ```
//!
//! Never here: a retry of what got no answer (a writer's own business), or a decision whether a failed guard was a
//! rival's doing.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use async_nats::Subject;
use futures::future::join_all;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use super::answer::Answer;
use super::direct::DirectGet;
use super::group::{Group, Grouping, Waiting};
use super::send::{Prepared, Sender};
use crate::metrics;

/// The most writes that wait in the queue; more wait at its door.
const QUEUE: usize = 4_096;
/// The most writes that didn't fit into a group and wait for the next.
const HELD_BACK: usize = 1_024;
/// How often a refused group goes out again without those who lost, before its members go one by one.
const MAX_REGROUPINGS: u32 = 4;

/// Takes writes and sends them in groups.
#[derive(Debug)]
pub(super) struct Committer {
    queue: mpsc::Sender<Waiting>,
    gathering: tokio::task::JoinHandle<()>,
}

impl Committer {
    pub(super) fn start(sender: Sender, direct: Arc<DirectGet>, grouping: Grouping) -> Self {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let held_back = VecDeque::new();
        let writes = Writes { queue: waiting, held_back, grouping, next_batch: Instant::now(), last: 0 };
        let gathering = tokio::spawn(send_all(writes, Outbox { sender, direct, grouping }));
        Self { queue, gathering }
    }

    /// Sends messages, all or nothing, together with whatever else waits, and gives what came of them.
    pub(super) async fn commit(&self, messages: Arc<[Prepared]>) -> Answer {
        let (told, answer) = oneshot::channel();
        if self.queue.send(Waiting { messages, told }).await.is_err() {
            return Answer::NotNow("the log is closing".to_owned());
        }
        answer.await.unwrap_or(Answer::Silence)
    }
}

impl Drop for Committer {
    fn drop(&mut self) {
        self.gathering.abort();
    }
}

/// Makes groups of what waits and sends one after the other, for as long as somebody may write.
async fn send_all(mut writes: Writes, outbox: Outbox) {
    while let Some(group) = writes.next_group().await {
        outbox.send(group).await;
    }
}

/// The writes that wait.
#[derive(Debug)]
struct Writes {
    queue: mpsc::Receiver<Waiting>,
    held_back: VecDeque<Waiting>,
    grouping: Grouping,
    /// The earliest instant for another batch.
    next_batch: Instant,
    /// How many writes the last group had.
    last: usize,
}

impl Writes {
    /// The next group: whoever was held back before, whoever waits now, and whoever arrives while these are gathered.
    async fn next_group(&mut self) -> Option<Group> {
        let mut group = Group::default();
        for _ in 0..self.held_back.len() {
            let Some(waiting) = self.held_back.pop_front() else { break };
            self.join(&mut group, waiting);
        }
        if group.len() == 0 {
            let first = self.queue.recv().await?;
            self.join(&mut group, first);
        }
        self.gather_into(&mut group).await;
        // Behind many come many.
        if self.grouping.has_batch(&group) || self.grouping.is_many(self.last) {
            self.gather_until(&mut group, self.next_batch).await;
            self.next_batch = Instant::now() + self.grouping.pace;
        }
        self.last = group.len();
        Some(group)
    }

    /// Takes in whoever waits, and whoever arrives while these are taken in.
    async fn gather_into(&mut self, group: &mut Group) {
        loop {
            let before = group.len();
            while self.has_room(group) {
                let Ok(waiting) = self.queue.try_recv() else { break };
                self.join(group, waiting);
            }
            if !self.has_room(group) || group.len() == before {
                return;
            }
            tokio::task::yield_now().await;
        }
    }

    /// Takes in whoever arrives until then.
    async fn gather_until(&mut self, group: &mut Group, until: Instant) {
        while self.has_room(group) {
            let Ok(Some(waiting)) = tokio::time::timeout_at(until, self.queue.recv()).await else { return };
            self.join(group, waiting);
        }
    }

    fn has_room(&self, group: &Group) -> bool {
        !group.is_full() && self.held_back.len() < HELD_BACK
    }

    fn join(&mut self, group: &mut Group, waiting: Waiting) {
        if let Err(waiting) = group.join(waiting) {
            self.held_back.push_back(waiting);
        }
    }
}

/// Where groups go out.
#[derive(Debug)]
struct Outbox {
    sender: Sender,
    direct: Arc<DirectGet>,
    grouping: Grouping,
}

impl Outbox {
    /// Sends a group until each of its members has been told what came of it.
    async fn send(&self, mut group: Group) {
        metrics::grouped(group.message_count());
        for _ in 0..MAX_REGROUPINGS {
            if !self.grouping.is_worth_a_batch(&group) {
                break;
            }
            match self.sender.send(&group.messages()).await {
                Answer::Stored(last) => return group.tell_stored(last),
                Answer::GuardFailed => {
                    let moved = self.moved(&group).await;
                    let (lost, rest) = group.part(&moved);
                    if lost.is_empty() {
                        return self.send_one_by_one(rest).await;
                    }
                    for member in lost {
                        member.tell(Answer::GuardFailed);
                    }
                    group = rest;
                }
                Answer::TooLarge(_) => break,
                answer @ (Answer::NotNow(_) | Answer::Silence) => return group.tell_all(&answer),
            }
        }
        self.send_one_by_one(group).await;
    }

    /// The subjects whose last position is not what the group expects. A replica may not know yet; then there are too
    /// few here, and the members are sent one by one.
    async fn moved(&self, group: &Group) -> BTreeSet<Subject> {
        let messages = group.messages();
        let subjects: Vec<&str> = messages.iter().map(|message| message.subject.as_str()).collect();
        let last = self.direct.last_of(&subjects).await;
        let has_moved = |message: &&&Prepared| {
            last.get(message.subject.as_str()).is_some_and(|seq| seq.0 != message.expected)
        };
        messages.iter().filter(has_moved).map(|message| message.subject.clone()).collect()
    }

    async fn send_one_by_one(&self, group: Group) {
        let sent = group.into_members().into_iter().map(|member| async move {
            let messages: Vec<&Prepared> = member.messages.iter().collect();
            let answer = self.sender.send(&messages).await;
            member.tell(answer);
        });
        join_all(sent).await;
    }
}
