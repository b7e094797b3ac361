//! Sending: one message as a plain guarded publish, several as one atomic batch; once, whatever comes of it.

use std::time::Duration;

use async_nats::client::Request;
use async_nats::{Client, HeaderMap, HeaderName, Subject};
use bytes::Bytes;

use super::answer::{self, Answer};
use crate::trace::{self, Parent};

const EXPECTED: HeaderName = HeaderName::from_static("Nats-Expected-Last-Subject-Sequence");
const BATCH_ID: HeaderName = HeaderName::from_static("Nats-Batch-Id");
const BATCH_SEQUENCE: HeaderName = HeaderName::from_static("Nats-Batch-Sequence");
const BATCH_COMMIT: HeaderName = HeaderName::from_static("Nats-Batch-Commit");

/// One message, ready to be sent as often as needed.
#[derive(Debug, Clone)]
pub(super) struct Prepared {
    pub(super) subject: Subject,
    /// The subject's last sequence, as the writer knows it.
    pub(super) expected: u64,
    pub(super) payload: Bytes,
    /// The request that it follows from.
    pub(super) trace: Parent,
}

/// Sends messages and waits for the answer, no longer than its limit.
#[derive(Debug, Clone)]
pub(super) struct Sender {
    pub(super) client: Client,
    pub(super) limit: Duration,
}

impl Sender {
    /// All of these messages or none; of several, each on a subject of its own.
    pub(super) async fn send(&self, messages: &[&Prepared]) -> Answer {
        match messages {
            [] => Answer::Silence,
            [message] => self.request(message, guard(message)).await,
            [first @ .., last] => self.send_batch(first, last).await,
        }
    }

    async fn send_batch(&self, first: &[&Prepared], last: &Prepared) -> Answer {
        let batch = self.client.new_inbox();
        let mut sequence = 0_u32;
        for message in first {
            sequence += 1;
            let headers = batch_headers(message, &batch, sequence);
            let (subject, payload) = (message.subject.clone(), message.payload.clone());
            if let Err(error) = self.client.publish_with_headers(subject, headers, payload).await {
                return answer::unsent(error.kind());
            }
        }
        let mut headers = batch_headers(last, &batch, sequence + 1);
        headers.insert(BATCH_COMMIT, "1");
        self.request(last, headers).await
    }

    async fn request(&self, message: &Prepared, headers: HeaderMap) -> Answer {
        let request =
            Request::new().headers(headers).payload(message.payload.clone()).timeout(Some(self.limit));
        match self.client.send_request(message.subject.clone(), request).await {
            Ok(reply) => answer::read(&reply.payload),
            Err(error) => answer::failed(error.kind()),
        }
    }
}

fn guard(message: &Prepared) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(EXPECTED, message.expected.to_string());
    headers.insert(trace::HEADER, message.trace.to_string());
    headers
}

fn batch_headers(message: &Prepared, batch: &str, sequence: u32) -> HeaderMap {
    let mut headers = guard(message);
    headers.insert(BATCH_ID, batch);
    headers.insert(BATCH_SEQUENCE, sequence.to_string());
    headers
}
