//! Writing: one commit as a plain guarded publish, several as one atomic batch; each until its outcome is known.

use async_nats::HeaderMap;
use async_nats::client::Request;
use bytes::Bytes;

use super::answer::{self, Answer, MAX_BATCH};
use super::{Backoff, JetStream, answer_limit};
use crate::{AppendError, Appended, Commit};

const EXPECTED: &str = "Nats-Expected-Last-Subject-Sequence";
const BATCH_ID: &str = "Nats-Batch-Id";
const BATCH_SEQUENCE: &str = "Nats-Batch-Sequence";
const BATCH_COMMIT: &str = "Nats-Batch-Commit";

/// One message, ready to be sent as often as needed.
struct Prepared {
    subject: String,
    expected: String,
    payload: Bytes,
}

impl JetStream {
    /// Publishes until the outcome is known or the patience is at its end.
    pub(super) async fn publish(&self, commits: &[Commit]) -> Result<Appended, AppendError> {
        let messages = self.prepare(commits)?;
        let mut backoff = Backoff::lasting(self.patience);
        let mut may_be_stored = false;
        loop {
            let reason = match self.send(&messages).await {
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

    fn prepare(&self, commits: &[Commit]) -> Result<Vec<Prepared>, AppendError> {
        if commits.is_empty() || commits.len() > MAX_BATCH {
            return Err(AppendError::TooLarge(format!("{} commits in one batch", commits.len())));
        }
        commits.iter().map(|commit| self.prepare_one(commit)).collect()
    }

    fn prepare_one(&self, commit: &Commit) -> Result<Prepared, AppendError> {
        let payload =
            serde_json::to_vec(&commit.envelope).map_err(|e| AppendError::TooLarge(e.to_string()))?;
        Ok(Prepared {
            subject: self.prefix.subject(&commit.stream),
            expected: commit.expected.seq().to_string(),
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

    async fn send(&self, messages: &[Prepared]) -> Answer {
        match messages {
            [] => Answer::Silence,
            [message] => self.request(message, guard(message)).await,
            [first @ .., last] => self.send_batch(first, last).await,
        }
    }

    async fn send_batch(&self, first: &[Prepared], last: &Prepared) -> Answer {
        let batch = self.client.new_inbox();
        let mut sequence = 0_u32;
        for message in first {
            sequence += 1;
            let headers = batch_headers(message, &batch, sequence);
            let sent = self
                .client
                .publish_with_headers(message.subject.clone(), headers, message.payload.clone())
                .await;
            if sent.is_err() {
                return Answer::Silence;
            }
        }
        let mut headers = batch_headers(last, &batch, sequence + 1);
        headers.insert(BATCH_COMMIT, "1");
        self.request(last, headers).await
    }

    async fn request(&self, message: &Prepared, headers: HeaderMap) -> Answer {
        let limit = Some(answer_limit(self.patience));
        let request = Request::new().headers(headers).payload(message.payload.clone()).timeout(limit);
        match self.client.send_request(message.subject.clone(), request).await {
            Ok(reply) => answer::read(&reply.payload),
            Err(error) => answer::failed(error.kind()),
        }
    }
}

fn guard(message: &Prepared) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(EXPECTED, message.expected.as_str());
    headers
}

fn batch_headers(message: &Prepared, batch: &str, sequence: u32) -> HeaderMap {
    let mut headers = guard(message);
    headers.insert(BATCH_ID, batch);
    headers.insert(BATCH_SEQUENCE, sequence.to_string().as_str());
    headers
}
