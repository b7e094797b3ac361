//! The other side of the webhooks: takes them on a loopback port and hands them to the test.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use jangteo::gateways::sandbox_payment::WebhookTarget;
use jangteo::gateways::webhook::{Notice, PAYMENT_PATH, SIGNATURE_HEADER, verify};
use kernel::Timestamp;
use tokio::sync::mpsc;

pub(crate) const SECRET: &[u8] = b"the webhooks' secret";

/// What arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Arrived {
    pub(crate) signature: String,
    pub(crate) body: String,
}

impl Arrived {
    pub(crate) fn notice(&self) -> Notice {
        serde_json::from_str(&self.body).unwrap()
    }

    pub(crate) fn is_signed_at(&self, at: Timestamp) -> bool {
        verify(SECRET, &self.signature, self.body.as_bytes(), at, chrono::TimeDelta::zero()).is_ok()
    }
}

#[derive(Clone)]
struct Desk {
    arrivals: mpsc::UnboundedSender<Arrived>,
    refusals: Arc<AtomicU32>,
}

/// Takes webhooks, after having refused the first few.
pub(crate) struct Receiver {
    pub(crate) target: WebhookTarget,
    arrivals: mpsc::UnboundedReceiver<Arrived>,
}

impl Receiver {
    pub(crate) async fn refusing_first(refusals: u32) -> Self {
        let (sender, arrivals) = mpsc::unbounded_channel();
        let desk = Desk { arrivals: sender, refusals: Arc::new(AtomicU32::new(refusals)) };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}/", listener.local_addr().unwrap());
        let router = Router::new().route(PAYMENT_PATH, post(take)).with_state(desk);
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { target: WebhookTarget { base_url, secret: SECRET.to_vec() }, arrivals }
    }

    pub(crate) async fn next(&mut self) -> Arrived {
        tokio::time::timeout(Duration::from_secs(20), self.arrivals.recv()).await.unwrap().unwrap()
    }

    pub(crate) fn has_more(&mut self) -> bool {
        self.arrivals.try_recv().is_ok()
    }
}

async fn take(State(desk): State<Desk>, headers: HeaderMap, body: String) -> StatusCode {
    let refuses = |left: u32| left.checked_sub(1);
    if desk.refusals.fetch_update(Ordering::SeqCst, Ordering::SeqCst, refuses).is_ok() {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    let signature = headers[SIGNATURE_HEADER].to_str().unwrap().to_owned();
    desk.arrivals.send(Arrived { signature, body }).unwrap();
    StatusCode::NO_CONTENT
}
