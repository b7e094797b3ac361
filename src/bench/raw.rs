//! Raw guarded publishes: the same payload, headers and guard as an append, straight through the NATS client. The floor
//! that appends are compared with; nothing else in the house writes like this.

use std::sync::Arc;

use anyhow::{Result, bail};
use async_nats::{Client, HeaderMap};
use bytes::Bytes;
use eventstore::{Meta, StoredEvent};
use kernel::id::CommitId;
use serde::{Deserialize, Serialize};

use super::Timing;
use super::append::Turn;
use crate::app::connect_nats;
use crate::config::Config;
use crate::ids;

/// The header of the guard.
const EXPECTED: &str = "Nats-Expected-Last-Subject-Sequence";

/// Writes beside the house, into the same stream.
pub(super) struct RawLog {
    client: Client,
    prefix: String,
    payload: Bytes,
}

/// A commit as it stands in the log.
#[derive(Serialize)]
struct Envelope {
    commit_id: CommitId,
    events: [StoredEvent; 1],
    meta: Meta,
}

/// The server's answer, as far as the next guard needs it.
#[derive(Deserialize)]
struct Acknowledged {
    #[serde(default)]
    seq: u64,
}

impl RawLog {
    pub(super) async fn open(config: &Config, meta: Meta, event: StoredEvent) -> Result<Self> {
        let envelope = Envelope { commit_id: CommitId(ids::fresh()), events: [event], meta };
        Ok(Self {
            client: connect_nats(&config.nats_url).await?,
            prefix: config.prefix.clone(),
            payload: serde_json::to_vec(&envelope)?.into(),
        })
    }

    /// One writer on a subject of its own, each message guarded by the one before.
    pub(super) async fn publish_one_after_another(self: Arc<Self>) -> Result<Timing> {
        let subject = format!("{}.bench.raw.{}", self.prefix, ids::fresh());
        let mut last = 0;
        let mut turn = Turn::begin();
        while turn.goes_on() {
            last = self.publish(&subject, last).await?;
            turn.wrote();
        }
        Ok(turn.timing)
    }

    async fn publish(&self, subject: &str, last: u64) -> Result<u64> {
        let mut headers = HeaderMap::new();
        headers.insert(EXPECTED, last.to_string());
        let subject = subject.to_owned();
        let reply = self.client.request_with_headers(subject, headers, self.payload.clone()).await?;
        let answer: Acknowledged = serde_json::from_slice(&reply.payload)?;
        if answer.seq == 0 {
            bail!("a raw publish was refused: {}", String::from_utf8_lossy(&reply.payload));
        }
        Ok(answer.seq)
    }
}
