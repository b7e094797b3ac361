//! A log that never says what became of an append: the command's outcome is found by reading.

use std::sync::Arc;

use async_trait::async_trait;
use eventstore::{
    AppendError, Appended, CommandError, Commit, EventStore, Filter, Log, Memory, ReadError, Recorded, Seq,
    StreamName, Tailing,
};

use crate::tally::{Tally, context, id};

/// Writes, or doesn't, and never says which.
struct Forgetful {
    memory: Memory,
    writes: bool,
}

#[async_trait]
impl EventStore for Forgetful {
    async fn append(&self, commit: Commit) -> Result<Appended, AppendError> {
        self.append_all(vec![commit]).await
    }

    async fn append_all(&self, commits: Vec<Commit>) -> Result<Appended, AppendError> {
        if self.writes {
            self.memory.append_all(commits).await?;
        }
        Err(AppendError::OutcomeUnknown)
    }

    async fn load(&self, stream: &StreamName, after: Seq) -> Result<Vec<Recorded>, ReadError> {
        self.memory.load(stream, after).await
    }

    async fn load_latest(&self, stream: &StreamName, after: Seq) -> Result<Vec<Recorded>, ReadError> {
        self.memory.load_latest(stream, after).await
    }

    async fn tail(&self, after: Seq, filter: Filter) -> Result<Tailing, ReadError> {
        self.memory.tail(after, filter).await
    }

    async fn head(&self) -> Result<Seq, ReadError> {
        self.memory.head().await
    }
}

fn log(writes: bool) -> Log {
    Log::new(Arc::new(Forgetful { memory: Memory::default(), writes }))
}

#[tokio::test]
async fn an_unknown_outcome_is_resolved_by_reading_the_tail() {
    let (log, tally, command) = (log(true), id(), context(id()));
    let found = log.execute::<Tally>(&command, &tally, 5).await.unwrap();
    assert_eq!(found.position, Seq(1));
    assert_eq!(log.execute::<Tally>(&command, &tally, 5).await.unwrap().position, Seq(1));
    assert_eq!(log.read::<Tally>(&tally).await.unwrap().state, 5);
    assert_eq!(log.head().await.unwrap(), Seq(1));
}

#[tokio::test]
async fn what_is_not_in_the_tail_may_still_come() {
    let (log, tally) = (log(false), id());
    let unknown = log.execute::<Tally>(&context(id()), &tally, 5).await;
    assert!(matches!(unknown, Err(CommandError::Append(AppendError::OutcomeUnknown))), "{unknown:?}");
    assert_eq!(log.read::<Tally>(&tally).await.unwrap().state, 0);
}
