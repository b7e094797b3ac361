//! Writing: commits go into the group commit again and again until their outcome is known.
//!
//! A refusal alone says little: after a lost answer the first of the stream's new commits may be one's own, and a cluster
//! refuses a commit while another on its subject is still on its way. Who really was first is read.

use std::sync::Arc;

use super::answer::{Answer, MAX_BATCH};
use super::send::Prepared;
use super::{Backoff, JetStream};
use crate::trace::Parent;
use crate::{AppendError, Appended, Commit, EventStore, ReadError, Seq, StreamName, metrics};

/// Room for a message's headers within the server's largest payload.
const HEADERS: usize = 1_024;

impl JetStream {
    /// Publishes until the outcome is known or the patience is at its end.
    pub(super) async fn publish(&self, commits: &[Commit]) -> Result<Appended, AppendError> {
        let messages = self.prepare(commits)?;
        let mut backoff = Backoff::lasting(self.source.patience);
        let mut may_be_stored = false;
        loop {
            let reason = match self.committer.commit(messages.clone()).await {
                Answer::Stored(seq) => return Ok(Appended::Committed(seq)),
                Answer::GuardFailed => match self.first_after(commits).await {
                    Ok(First::Own(seq)) => return Ok(Appended::AlreadyCommitted(seq)),
                    Ok(First::Rival(stream)) => return Err(AppendError::Conflict { stream }),
                    Ok(First::Nobody) => "another commit is on its way".to_owned(),
                    Err(_) => return Err(AppendError::OutcomeUnknown),
                },
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
            metrics::sent_again();
        }
    }

    /// Who wrote first behind what these commits expect, as the leader knows it. A batch stands whole or not at all.
    async fn first_after(&self, commits: &[Commit]) -> Result<First, ReadError> {
        for (nth, commit) in commits.iter().enumerate() {
            let after = self.load_latest(commit.stream(), commit.expected().seq()).await?;
            match after.first() {
                Some(first) if first.commit_id == commit.id() => {
                    let behind = u64::try_from(commits.len() - nth - 1).unwrap_or(u64::MAX);
                    return Ok(First::Own(Seq(first.seq.0.saturating_add(behind))));
                }
                Some(_) => return Ok(First::Rival(commit.stream().clone())),
                None => {}
            }
        }
        Ok(First::Nobody)
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
        if payload.len() + HEADERS > self.max_payload {
            return Err(AppendError::TooLarge(format!("{} bytes in one commit", payload.len())));
        }
        Ok(Prepared {
            subject: self.source.prefix.subject(&commit.stream).into(),
            expected: commit.expected.seq().0,
            payload: payload.into(),
            trace: Parent::from(&commit.envelope.meta),
        })
    }
}

/// Who wrote first.
enum First {
    /// This very commit, in an earlier try; where its last message stands.
    Own(Seq),
    /// Somebody else, on this stream.
    Rival(StreamName),
    /// Nobody yet.
    Nobody,
}
