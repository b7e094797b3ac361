//! Verifying a log: every commit is walked, decoded and folded, and the laws of stock, money and ledger are held against it.
//!
//! Reads the log alone: no database, no cache, nothing that could hide what is stored. Never here: a repair.

mod fold;
mod journal;
mod law;
mod report;

use std::collections::HashMap;

use eventstore::{Filter, Log, ReadError, Recorded, Seq, StreamName, Tailed};
use futures::StreamExt;

pub use self::journal::{Journal, JournalError};
pub use self::report::{Finding, Flaw, Report};

use self::fold::{Fold, kind_of};

/// The most findings that a report lists; further ones are only counted.
const LISTED: usize = 1_000;
/// How many positions pass between two words of progress.
const PROGRESS_EVERY: u64 = 1_000;

/// Walks the log up to where it ends now and says what is wrong with it, and what of the journal it doesn't hold.
pub async fn verify(log: &Log, journal: Journal, mut progress: impl FnMut(Seq)) -> Result<Report, ReadError> {
    let head = log.head().await?;
    let mut audit = Audit { journal, ..Audit::default() };
    if head > Seq(0) {
        let mut tail = log.tail(Seq(0), Filter::All).await?;
        while audit.report.head < head {
            let Some(step) = tail.next().await else { break };
            audit.hear(step?);
            if audit.report.head.0.is_multiple_of(PROGRESS_EVERY) {
                progress(audit.report.head);
            }
        }
    }
    Ok(audit.finish())
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
    journal: Journal,
}

/// One aggregate's stream.
struct Stream {
    last: Seq,
    fold: Option<Box<dyn Fold>>,
}

impl Audit {
    fn hear(&mut self, step: Tailed) {
        let seq = step.seq();
        if seq.0 != self.report.head.0 + 1 {
            self.find_at(seq, None, Flaw::PositionsMissing { after: self.report.head });
        }
        self.report.head = seq;
        match step {
            Tailed::Commit(commit) => self.commit(&commit),
            Tailed::Passed(_) => self.find_at(seq, None, Flaw::ForeignSubject),
        }
    }

    fn commit(&mut self, commit: &Recorded) {
        self.journal.hear(commit);
        self.report.commits += 1;
        self.report.events += u64::try_from(commit.events.len()).unwrap_or(u64::MAX);
        let stream = self.streams.entry(commit.stream.clone()).or_insert_with(|| {
            self.report.streams += 1;
            Stream { last: Seq(0), fold: kind_of(&commit.stream).map(|begin| begin()) }
        });
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

    /// What only the end of the walk tells.
    fn finish(mut self) -> Report {
        let journal = std::mem::take(&mut self.journal);
        self.report.acknowledged = u64::try_from(journal.len()).unwrap_or(u64::MAX);
        journal.absent().for_each(|absent| self.find(absent));
        self.report
    }

    fn find_at(&mut self, position: Seq, stream: Option<&StreamName>, flaw: Flaw) {
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
