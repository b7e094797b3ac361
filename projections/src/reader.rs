//! Reading ahead: a task of its own reads and projects commits while those before them are written.
//!
//! What waits is bounded: when nobody takes it, the reading stands still. Never here: SQL.

use std::collections::{BTreeSet, VecDeque};

use eventstore::{Filter, Log, ReadError, Seq, Tailed, Tailing};
use futures::StreamExt;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use crate::{Projection, metrics};

/// The most positions one transaction covers.
pub const COMMITS_PER_TRANSACTION: usize = 5_000;
/// The most positions that wait to be written, beside those that are being written.
const READ_AHEAD: usize = COMMITS_PER_TRANSACTION;

/// The positions that a projection leaves out.
pub(crate) type Skips = BTreeSet<Seq>;

/// One position of the log and what it means for the tables.
pub(crate) struct Projected<R> {
    pub(crate) step: Tailed,
    pub(crate) rows: Vec<R>,
}

/// The log as a projection sees it, from a position on. The reading ends when this is dropped.
pub(crate) struct Reader<P: Projection> {
    projected: mpsc::Receiver<Result<Projected<P::Row>, ReadError>>,
    /// Received and not taken yet.
    waiting: VecDeque<Result<Projected<P::Row>, ReadError>>,
    _reading: JoinSet<()>,
}

impl<P: Projection> Reader<P> {
    pub(crate) async fn open(log: &Log, after: Seq, skips: Skips) -> Result<Self, ReadError> {
        let tail = log.tail(after, Filter::Contexts(P::CONTEXTS)).await?;
        let (sender, projected) = mpsc::channel(READ_AHEAD);
        let mut reading = JoinSet::new();
        reading.spawn(read::<P>(tail, skips, sender));
        Ok(Self { projected, waiting: VecDeque::new(), _reading: reading })
    }

    /// Waits for commits and takes those that are there, up to a position and [`COMMITS_PER_TRANSACTION`] at most: the ones
    /// that can be read, and why the next can't. Neither where the log's walk has ended.
    pub(crate) async fn next(&mut self, limit: Seq) -> (Vec<Projected<P::Row>>, Option<ReadError>) {
        if self.waiting.is_empty() {
            let mut received = Vec::new();
            self.projected.recv_many(&mut received, COMMITS_PER_TRANSACTION).await;
            self.waiting.extend(received);
        }
        let mut projected = Vec::with_capacity(self.waiting.len());
        while let Some(one) = self.waiting.pop_front_if(|one| position(one).is_none_or(|at| at <= limit)) {
            match one {
                Ok(one) => projected.push(one),
                Err(error) => return (projected, Some(error)),
            }
        }
        (projected, None)
    }

    /// Whether something beyond the last limit waits to be taken.
    pub(crate) fn is_beyond(&self) -> bool {
        !self.waiting.is_empty()
    }
}

fn position<R>(one: &Result<Projected<R>, ReadError>) -> Option<Seq> {
    one.as_ref().map_or_else(ReadError::position, |one| Some(one.step.seq()))
}

/// Reads until a commit can't be read or nobody listens any more.
async fn read<P: Projection>(
    mut tail: Tailing,
    skips: Skips,
    sender: mpsc::Sender<Result<Projected<P::Row>, ReadError>>,
) {
    while let Some(step) = tail.next().await {
        let projected = take::<P>(step, &skips);
        let is_last = projected.is_err();
        if sender.send(projected).await.is_err() || is_last {
            return;
        }
    }
}

/// What one step means; nothing where it is skipped.
fn take<P: Projection>(
    step: Result<Tailed, ReadError>,
    skips: &Skips,
) -> Result<Projected<P::Row>, ReadError> {
    let step = match step {
        Ok(step) if skips.contains(&step.seq()) => Tailed::Passed(step.seq()),
        Ok(step) => step,
        Err(error) => Tailed::Passed(error.position().filter(|seq| skips.contains(seq)).ok_or(error)?),
    };
    let rows = rows_of::<P>(&step)?;
    Ok(Projected { step, rows })
}

/// The rows of one step.
pub(crate) fn rows_of<P: Projection>(step: &Tailed) -> Result<Vec<P::Row>, ReadError> {
    match step {
        Tailed::Commit(recorded) => metrics::project::<P>(recorded),
        Tailed::Passed(_) => Ok(Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use eventstore::StreamName;

    use super::*;
    use crate::orders::Orders;

    fn no_commit(seq: Seq) -> Result<Tailed, ReadError> {
        let source = serde_json::from_str::<u8>("no number").unwrap_err();
        Err(ReadError::Envelope { seq, stream: StreamName::new("order", "order", "a"), source })
    }

    #[test]
    fn a_message_that_is_no_commit_is_passed_where_it_is_skipped() {
        let skips = Skips::from([Seq(4)]);
        let passed = take::<Orders>(no_commit(Seq(4)), &skips).map(|one| one.step.seq());
        assert!(matches!(passed, Ok(Seq(4))), "{passed:?}");
        let stopped = take::<Orders>(no_commit(Seq(5)), &skips).map(|one| one.step.seq());
        assert!(matches!(stopped, Err(ReadError::Envelope { seq: Seq(5), .. })), "{stopped:?}");
    }
}
