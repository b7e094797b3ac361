//! Sends the sandbox gateway's webhooks: in the background, a few at once, each a few times until it arrives. What never
//! arrives stays owed in the books. Never here: when a webhook is due.

use std::sync::Arc;
use std::time::Duration;

use eventstore::trace::Parent;
use sqlx::PgPool;
use tokio::sync::Semaphore;

use super::super::GatewayError;
use super::super::webhook::{Notice, PAYMENT_PATH, SIGNATURE_HEADER, sign};
use super::captures::{self, Capture};
use crate::telemetry::trace;

/// How often a webhook is sent before it is given up.
const TRIES: u32 = 5;
/// The pause after the first try; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
/// How long the receiver has to answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(5);
/// Webhooks under way at once; more wait.
const MOST_AT_ONCE: usize = 32;

/// Where webhooks go.
#[derive(Clone)]
pub struct WebhookTarget {
    /// What comes before [`PAYMENT_PATH`], e.g. `http://127.0.0.1:8080`.
    pub base_url: String,
    /// The secret they are signed with.
    pub secret: Vec<u8>,
}

impl std::fmt::Debug for WebhookTarget {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WebhookTarget").field("base_url", &self.base_url).finish_non_exhaustive()
    }
}

#[derive(Debug)]
pub(super) struct Messenger {
    pool: PgPool,
    client: reqwest::Client,
    target: WebhookTarget,
    slots: Semaphore,
}

/// A webhook ready to go.
#[derive(Debug, Clone)]
struct Letter {
    key: String,
    body: String,
    signature: String,
    /// Whose doing it is.
    trace: Parent,
}

impl Messenger {
    pub(super) fn new(pool: PgPool, target: WebhookTarget) -> Self {
        Self { pool, client: reqwest::Client::new(), target, slots: Semaphore::new(MOST_AT_ONCE) }
    }

    /// Sends every webhook that a booking still owes, in the background.
    pub(super) fn tell(self: &Arc<Self>, capture: &Capture) -> Result<(), GatewayError> {
        let Some(letter) = self.letter(capture)? else { return Ok(()) };
        for _ in 0..capture.notices_owed {
            tokio::spawn(Arc::clone(self).deliver(letter.clone()));
        }
        Ok(())
    }

    fn letter(&self, capture: &Capture) -> Result<Option<Letter>, GatewayError> {
        let Some(booked) = capture.booked()? else { return Ok(None) };
        let (key, at) = (booked.key.clone(), booked.captured_at);
        let body = serde_json::to_string(&Notice::CaptureBooked(booked))
            .map_err(|error| GatewayError::Unavailable(error.to_string()))?;
        let signature = sign(&self.target.secret, body.as_bytes(), at);
        Ok(Some(Letter { key, body, signature, trace: trace::outgoing() }))
    }

    async fn deliver(self: Arc<Self>, letter: Letter) {
        let mut pause = FIRST_PAUSE;
        for attempt in 1..=TRIES {
            match self.send(&letter).await {
                Ok(()) => return self.note_arrival(&letter).await,
                Err(error) if attempt == TRIES => {
                    tracing::warn!(key = letter.key, %error, "a webhook was given up");
                }
                Err(_) => tokio::time::sleep(pause).await,
            }
            pause *= 2;
        }
    }

    async fn send(&self, letter: &Letter) -> Result<(), reqwest::Error> {
        let _slot = self.slots.acquire().await;
        self.client
            .post(format!("{}{PAYMENT_PATH}", self.target.base_url.trim_end_matches('/')))
            .header("Content-Type", "application/json")
            .header(SIGNATURE_HEADER, &letter.signature)
            .header(trace::HEADER, letter.trace.to_string())
            .timeout(ANSWER_WITHIN)
            .body(letter.body.clone())
            .send()
            .await?
            .error_for_status()
            .map(drop)
    }

    async fn note_arrival(&self, letter: &Letter) {
        if let Err(error) = captures::note_arrival(&self.pool, &letter.key).await {
            tracing::warn!(key = letter.key, %error, "a webhook arrived, but is not noted so");
        }
    }
}
