//! Logs that misbehave: one never says what became of an append, one refuses, one loses a commit while reading.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use async_trait::async_trait;
use eventstore::{
    AppendError, Appended, Batch, CommandError, Commit, EventStore, Log, Memory, ReadError, Recorded, Seq,
    StreamName,
};
use futures::FutureExt;

use crate::tally::{Tally, context, id};
use crate::troubled::{self, Trouble};
use crate::written::commit;

/// What goes wrong.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// Writes, and doesn't say so.
    WritesSilently,
    /// Doesn't write, and doesn't say so.
    KeepsSilent,
    /// Says that it can't write now.
    Refuses,
    /// Leaves out the second commit of a stream when reading.
    LosesTheSecond,
}

struct Forgetful {
    memory: Arc<Memory>,
    fault: Fault,
}

#[async_trait]
impl Trouble for Forgetful {
    fn memory(&self) -> &Memory {
        &self.memory
    }

    async fn append_all(&self, commits: Vec<Commit>) -> Result<Appended, AppendError> {
        match self.fault {
            Fault::LosesTheSecond => self.memory.append_all(commits).await,
            Fault::Refuses => Err(AppendError::Unavailable("not now".to_owned())),
            Fault::KeepsSilent => Err(AppendError::OutcomeUnknown),
            Fault::WritesSilently => {
                self.memory.append_all(commits).await?;
                Err(AppendError::OutcomeUnknown)
            }
        }
    }

    async fn load_latest(&self, stream: &StreamName, after: Seq) -> Result<Vec<Recorded>, ReadError> {
        let mut commits = self.memory.load_latest(stream, after).await?;
        if self.fault == Fault::LosesTheSecond && commits.len() > 1 {
            commits.remove(1);
        }
        Ok(commits)
    }
}

fn log(fault: Fault) -> (Log, Arc<Memory>) {
    let memory = Arc::new(Memory::default());
    (troubled::log(&Arc::new(Forgetful { memory: memory.clone(), fault })), memory)
}

#[tokio::test]
async fn an_unknown_outcome_is_resolved_by_reading_the_tail() {
    let ((log, _), tally, command) = (log(Fault::WritesSilently), id(), context(id()));
    let found = log.execute::<Tally>(&command, &tally, 5).await.unwrap();
    assert_eq!(found.position, Seq(1));
    assert_eq!(log.execute::<Tally>(&command, &tally, 5).await.unwrap().position, Seq(1));
    assert_eq!(*log.read::<Tally>(&tally).await.unwrap().state, 5);
    assert_eq!(log.head().await.unwrap(), Seq(1));
}

#[tokio::test]
async fn what_is_not_in_the_tail_may_still_come() {
    let ((log, _), tally) = (log(Fault::KeepsSilent), id());
    let unknown = log.execute::<Tally>(&context(id()), &tally, 5).await;
    assert!(matches!(unknown, Err(CommandError::Append(AppendError::OutcomeUnknown))), "{unknown:?}");
    assert_eq!(*log.read::<Tally>(&tally).await.unwrap().state, 0);
}

#[tokio::test]
async fn a_refused_creation_leaves_no_empty_aggregate_behind() {
    let ((log, memory), tally) = (log(Fault::Refuses), id());
    let refused = log.commit(&context(id()), Batch::new().create::<Tally>(&tally, 1)).await;
    assert!(matches!(refused, Err(CommandError::Append(AppendError::Unavailable(_)))), "{refused:?}");
    Log::new(memory).execute::<Tally>(&context(id()), &tally, 7).await.unwrap();
    assert_eq!(*log.read::<Tally>(&tally).await.unwrap().state, 7);
}

#[tokio::test]
async fn an_aggregate_whose_fold_breaks_off_is_not_taken_for_nothing() {
    let (memory, tally) = (Arc::new(Memory::default()), id());
    let log = Log::new(memory.clone());
    log.execute::<Tally>(&context(id()), &tally, 1).await.unwrap();
    memory.append(commit(tally, Seq(1), i32::MAX)).await.unwrap();
    let latest = AssertUnwindSafe(log.read_latest::<Tally>(&tally)).catch_unwind().await;
    assert!(latest.is_err(), "so much can't be added up");
    let next = AssertUnwindSafe(log.read::<Tally>(&tally)).catch_unwind().await;
    assert!(next.is_err(), "it is there, though nobody can say what it is");
}

#[tokio::test]
async fn a_commit_that_is_missing_is_an_error_and_no_state() {
    let ((log, memory), tally) = (log(Fault::LosesTheSecond), id());
    let writer = Log::new(memory);
    for _ in 0..3 {
        writer.execute::<Tally>(&context(id()), &tally, 1).await.unwrap();
    }
    let error = log.read::<Tally>(&tally).await.unwrap_err();
    assert!(matches!(&error, ReadError::Gap { seq: Seq(3), last: Seq(1), .. }), "{error}");
}
