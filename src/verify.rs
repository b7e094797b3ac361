//! Verifying a log: every commit is walked, decoded and folded, and the laws of stock, money and ledger are held against it.
//!
//! Reads the log alone: no database, no cache, nothing that could hide what is stored. Never here: a repair.

mod fold;
mod law;
pub mod read_models;
mod report;

use std::collections::HashMap;

use eventstore::{Filter, Log, ReadError, Recorded, Seq, StreamName, Tailed};
use futures::StreamExt;

pub use self::report::{Finding, Flaw, Report};

use self::fold::{Fold, kind_of};

/// The most findings that a report lists; further ones are only counted.
const LISTED: usize = 1_000;
/// How many positions pass between two words of progress.
const PROGRESS_EVERY: u64 = 1_000;

/// Walks the log up to where it ends now and says what is wrong with it.
pub async fn verify(log: &Log, mut progress: impl FnMut(Seq)) -> Result<Report, ReadError> {
    let head = log.head().await?;
    let mut audit = Audit::default();
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
    Ok(audit.report)
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
            self.find(seq, None, Flaw::PositionsMissing { after: self.report.head });
        }
        self.report.head = seq;
        match step {
            Tailed::Commit(commit) => self.commit(&commit),
            Tailed::Passed(_) => self.find(seq, None, Flaw::ForeignSubject),
        }
    }

    fn commit(&mut self, commit: &Recorded) {
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
            self.find(commit.seq, Some(&commit.stream), flaw);
        }
    }

    fn find(&mut self, position: Seq, stream: Option<&StreamName>, flaw: Flaw) {
        self.report.flaws += 1;
        if self.report.findings.len() < LISTED {
            let stream = stream.map(ToString::to_string);
            self.report.findings.push(Finding { position, stream, flaw });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use eventstore::{Commit, Context, EventStore, Expected, Memory, Meta, StoredEvent};
    use kernel::Actor;
    use kernel::id::{CommandId, CommitId, CorrelationId};
    use serde_json::value::RawValue;
    use uuid::Uuid;

    use super::*;

    const PLACED: &str = include_str!("../domains/order/tests/golden/order.placed.v1.json");
    const SHIPPED: &str = include_str!("../domains/order/tests/golden/order.lines_shipped.v1.json");

    /// A log that holds these events, whatever a decider would have said to them.
    async fn log(events: &[(&str, &str, &str)]) -> Log {
        let memory = Arc::new(Memory::default());
        let mut last: HashMap<&str, Seq> = HashMap::new();
        for (nth, (stream, name, data)) in (0_u64..).zip(events) {
            let [context, aggregate, id] = stream.split('.').collect::<Vec<_>>()[..] else {
                panic!("{stream}")
            };
            let expected = Expected::after(last.get(stream).copied().unwrap_or_default());
            let data = RawValue::from_string((*data).to_owned()).unwrap();
            let event = StoredEvent { name: (*name).to_owned(), version: 1, data };
            let id = StreamName::new(context, aggregate, id);
            let commit = Commit::new(id, expected, CommitId(Uuid::from_u64_pair(0, nth)), meta());
            last.insert(stream, memory.append(commit.with_events(vec![event])).await.unwrap().seq());
        }
        Log::new(memory)
    }

    fn meta() -> Meta {
        Meta::from(&Context {
            command_id: CommandId(Uuid::nil()),
            correlation_id: CorrelationId(Uuid::nil()),
            causation: None,
            actor: Actor::Guest,
            at: chrono::DateTime::UNIX_EPOCH,
            request: None,
        })
    }

    async fn findings(events: &[(&str, &str, &str)]) -> Vec<(u64, String)> {
        let report = verify(&log(events).await, |_| ()).await.unwrap();
        assert_eq!(usize::try_from(report.commits).unwrap(), events.len());
        report.findings.iter().map(|found| (found.position.0, found.flaw.to_string())).collect()
    }

    #[tokio::test]
    async fn an_empty_log_is_sound() {
        assert!(verify(&Log::new(Arc::new(Memory::default())), |_| ()).await.unwrap().is_sound());
    }

    #[tokio::test]
    async fn a_sound_log_has_no_findings() {
        assert_eq!(findings(&[("order.order.a", "placed", PLACED)]).await, []);
    }

    #[tokio::test]
    async fn pieces_out_of_nothing_break_a_law() {
        let events = [("order.order.a", "placed", PLACED), ("order.order.a", "lines_shipped", SHIPPED)];
        assert_eq!(findings(&events).await, [(2, "line 1: 3 ordered, 5 in buckets".to_owned())]);
    }

    #[tokio::test]
    async fn what_cannot_be_read_is_found_and_the_walk_goes_on() {
        let found = findings(&[
            ("order.order.a", "placed", "{}"),
            ("order.order.b", "never_heard_of", "{}"),
            ("nobody.knows.c", "placed", "{}"),
            ("order.order.d", "placed", PLACED),
        ]);
        let found = found.await;
        assert_eq!(found.iter().map(|(position, _)| *position).collect::<Vec<_>>(), [1, 2, 3]);
        assert!(found[0].1.contains("the body of event `placed` version 1 cannot be read"), "{found:?}");
        assert!(found[1].1.contains("unknown event `never_heard_of` version 1"), "{found:?}");
        assert_eq!(found[2].1, "this release knows no such aggregate");
    }
}
