//! Writing: commits go into the group commit again and again until their outcome is known.

use std::sync::Arc;

use super::answer::{Answer, MAX_BATCH};
use super::send::Prepared;
use super::{Backoff, JetStream};
use crate::{AppendError, Appended, Commit};

impl JetStream {
    /// Publishes until the outcome is known or the patience is at its end.
    pub(super) async fn publish(&self, commits: &[Commit]) -> Result<Appended, AppendError> {
        let messages = self.prepare(commits)?;
        let mut backoff = Backoff::lasting(self.patience);
        let mut may_be_stored = false;
        loop {
            let reason = match self.committer.commit(messages.clone()).await {
                Answer::Stored(seq) => return Ok(Appended::Committed(seq)),
                Answer::GuardFailed => return self.own_or_conflict(commits).await,
                Answer::TooLarge(reason) => return Err(AppendError::TooLarge(reason)),
                Answer::NotNow(reason) => reason,
                Answer::Silence => {
                    may_be_stored = true;
                    String::new()
                }
            };
            if backoff.pause().await.is_err() {
                return Err(if may_be_stored {
                    AppendError::OutcomeUnknown
                } else {
                    AppendError::Unavailable(reason)
                });
            }
        }
    }

    fn prepare(&self, commits: &[Commit]) -> Result<Arc<[Prepared]>, AppendError> {
        if commits.is_empty() || commits.len() > MAX_BATCH {
            return Err(AppendError::TooLarge(format!("{} commits in one batch", commits.len())));
        }
        commits.iter().map(|commit| self.prepare_one(commit)).collect()
    }

    fn prepare_one(&self, commit: &Commit) -> Result<Prepared, AppendError> {
        let payload =
            serde_json::to_vec(&commit.envelope).map_err(|e| AppendError::TooLarge(e.to_string()))?;
        Ok(Prepared {
            subject: self.prefix.subject(&commit.stream).into(),
            expected: commit.expected.seq().0,
            payload: payload.into(),
        })
    }

    /// A failed guard may be one's own commit of a try whose answer got lost.
    async fn own_or_conflict(&self, commits: &[Commit]) -> Result<Appended, AppendError> {
        let Some(last) = commits.last() else { return Err(AppendError::OutcomeUnknown) };
        match self.find(last).await {
            Ok(Some(seq)) => Ok(Appended::AlreadyCommitted(seq)),
            Ok(None) => Err(AppendError::Conflict { stream: last.stream.clone() }),
            Err(_) => Err(AppendError::OutcomeUnknown),
        }
    }
}
