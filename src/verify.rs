//! Verifying a log: every message is walked, hashed, decoded and folded, and the laws of stock, money and ledger, the log's
//! seals and what clients were told are held against it.
//!
//! Reads the log alone: no database, no cache, nothing that could hide what is stored. Never here: a repair.

mod fold;
mod journal;
mod law;
pub mod read_models;
mod report;
mod seals;

use std::collections::HashMap;

use eventstore::seal::Chain;
use eventstore::{EventStore, Message, ReadError, Recorded, Seq, StreamName};
use futures::StreamExt;

pub use self::journal::{Journal, JournalError};
pub use self::report::{Finding, Flaw, Report};

use self::fold::{Fold, kind_of};
use self::seals::Seals;

/// The most findings that a report lists; further ones are only counted.
const LISTED: usize = 1_000;
/// How many positions pass between two words of progress.
const PROGRESS_EVERY: u64 = 1_000;
/// Messages fetched ahead while others are folded.
const AHEAD: usize = 4_096;

/// What a log is held against besides its own laws and seals.
#[derive(Debug, Default)]
pub struct Outside {
    /// What clients were told is written.
    pub journal: Journal,
    /// Hashes of the log that were kept outside.
    pub seals: Vec<Chain>,
}

/// Walks the log up to where it ends now and says what is wrong with it.
pub async fn verify(
    store: &dyn EventStore,
    outside: Outside,
    mut progress: impl FnMut(Seq),
) -> Result<Report, ReadError> {
    let head = store.head().await?;
    let mut audit = Audit::new(seals::load(store, &outside.seals).await?, outside.journal);
    let mut messages = ahead(store, head);
    while let Some(message) = messages.recv().await {
        let message = message?;
        if message.seq.0.is_multiple_of(PROGRESS_EVERY) {
            progress(message.seq);
        }
        audit.hear(&message);
    }
    Ok(audit.finish(head))
}

/// The same of messages that are at hand, through a position where they end; whatever seals them is not looked for.
pub fn audit<'a>(messages: impl IntoIterator<Item = &'a Message>, head: Seq) -> Report {
    let mut audit = Audit::default();
    for message in messages {
        audit.hear(message);
    }
    audit.finish(head)
}

/// The walk, a little ahead of who folds.
fn ahead(store: &dyn EventStore, head: Seq) -> tokio::sync::mpsc::Receiver<Result<Message, ReadError>> {
    let (sender, receiver) = tokio::sync::mpsc::channel(AHEAD);
    let mut walk = store.walk(Seq(0), head);
    tokio::spawn(async move {
        while let Some(message) = walk.next().await {
            let failed = message.is_err();
            if sender.send(message).await.is_err() || failed {
                break;
            }
        }
    });
    receiver
}

/// Whether this release can verify such a stream.
pub fn knows(stream: &StreamName) -> bool {
    kind_of(stream).is_some()
}

/// The walk's memory: where it is, and every aggregate as folded so far.
#[derive(Default)]
struct Audit {
    report: Report,
    streams: HashMap<StreamName, Stream>,
    seals: Seals,
    journal: Journal,
}

/// One aggregate's stream.
struct Stream {
    last: Seq,
    fold: Option<Box<dyn Fold>>,
}

impl Audit {
    fn new(seals: Seals, journal: Journal) -> Self {
        Self { seals, journal, ..Self::default() }
    }

    fn hear(&mut self, message: &Message) {
        self.reach(message.seq);
        for broken in self.seals.hear(message) {
            self.find(broken);
        }
        self.report.head = message.seq;
        match message.stream().map(|stream| (stream.clone(), message.read(stream))) {
            None => self.find_at(message.seq, None, Flaw::ForeignSubject),
            Some((_, Ok(commit))) => self.commit(&commit),
            Some((stream, Err(error))) => self.unreadable(message.seq, &stream, &error),
        }
    }

    /// Nothing may be missing before a position.
    fn reach(&mut self, seq: Seq) {
        let after = self.report.head;
        if seq.0 != after.0 + 1 {
            self.find_at(Seq(after.0 + 1), None, Flaw::PositionsMissing { through: Seq(seq.0 - 1) });
        }
    }

    fn commit(&mut self, commit: &Recorded) {
        self.journal.hear(commit);
        self.report.commits += 1;
        self.report.events += u64::try_from(commit.events.len()).unwrap_or(u64::MAX);
        let stream = self.stream(&commit.stream);
        let mut flaws = Vec::new();
        if !commit.follows(stream.last) {
            flaws.push(Flaw::CommitMissing { after: stream.last });
        }
        stream.last = commit.seq;
        match stream.fold.as_mut().map(|fold| fold.step(commit)) {
            None => flaws.push(Flaw::UnknownAggregate),
            Some(Err(error)) => flaws.push(Flaw::Undecodable { reason: error.to_string() }),
            Some(Ok(broken)) => flaws.extend(broken.into_iter().map(|law| Flaw::LawBroken { law })),
        }
        for flaw in flaws {
            self.find_at(commit.seq, Some(&commit.stream), flaw);
        }
    }

    fn stream(&mut self, name: &StreamName) -> &mut Stream {
        self.streams.entry(name.clone()).or_insert_with(|| {
            self.report.streams += 1;
            Stream { last: Seq(0), fold: kind_of(name).map(|begin| begin()) }
        })
    }

    /// A message that is no commit stands where one should.
    fn unreadable(&mut self, seq: Seq, stream: &StreamName, error: &ReadError) {
        self.stream(stream).last = seq;
        self.find_at(seq, Some(stream), Flaw::Undecodable { reason: error.to_string() });
    }

    /// What only the end of the walk tells.
    fn finish(mut self, head: Seq) -> Report {
        self.reach(Seq(head.0 + 1));
        for broken in self.seals.end(head) {
            self.find(broken);
        }
        let journal = std::mem::take(&mut self.journal);
        for absent in journal.absent() {
            self.find(absent);
        }
        self.report.head = head;
        self.report.acknowledged = u64::try_from(journal.len()).unwrap_or(u64::MAX);
        self.report.sealed = self.seals.last();
        self.report
    }

    fn find_at(&mut self, position: Seq, stream: Option<&StreamName>, flaw: Flaw) {
        self.seals.suspect(position);
        let stream = stream.map(ToString::to_string);
        self.find(Finding { position: Some(position), stream, flaw });
    }

    fn find(&mut self, finding: Finding) {
        self.report.flaws += 1;
        if self.report.findings.len() < LISTED {
            self.report.findings.push(finding);
        }
    }
}

#[cfg(test)]
mod tests;
