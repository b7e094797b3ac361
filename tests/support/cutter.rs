//! A proxy on the loopback that loses what it is told to lose: a request before it is heard, or an answer after.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;

/// What is lost of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Loses {
    /// It never arrives.
    Request,
    /// It arrives and is answered; the answer doesn't.
    Answer,
}

/// What is lost, one after another.
type Next = Arc<Mutex<VecDeque<(&'static str, Loses)>>>;

/// The proxy.
pub(crate) struct Cutter {
    pub(crate) url: String,
    next: Next,
}

#[derive(Clone)]
struct Way {
    to: String,
    next: Next,
    http: reqwest::Client,
}

impl Cutter {
    /// A proxy before an address.
    pub(crate) async fn before(address: &str) -> Self {
        let next = Next::default();
        let way = Way { to: address.to_owned(), next: next.clone(), http: reqwest::Client::new() };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(
            async move { axum::serve(listener, Router::new().fallback(pass).with_state(way)).await },
        );
        Self { url, next }
    }

    /// Loses something of the next call of this kind, once everything that was named before is lost. The kind is how its
    /// method and path end or, with a slash at its own end, begin.
    pub(crate) fn lose(&self, kind: &'static str, loses: Loses) {
        self.next.lock().unwrap().push_back((kind, loses));
    }

    /// Whether everything was lost that was to be.
    pub(crate) fn has_lost(&self) -> bool {
        self.next.lock().unwrap().is_empty()
    }
}

async fn pass(State(way): State<Way>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let call = format!("{} {}", parts.method, parts.uri.path());
    let lost = lost_of(&way, &call);
    if lost == Some(Loses::Request) {
        return broken();
    }
    let to = format!("{}{}", way.to, parts.uri.path_and_query().unwrap());
    let mut passed = way.http.request(parts.method, to).body(body);
    for (name, value) in parts.headers.iter().filter(|(name, _)| *name != "host" && *name != "content-length")
    {
        passed = passed.header(name, value);
    }
    let reply = passed.send().await.unwrap();
    let (status, body) = (reply.status(), reply.bytes().await.unwrap());
    if lost.is_some() { broken() } else { (status, body).into_response() }
}

fn lost_of(way: &Way, call: &str) -> Option<Loses> {
    let mut next = way.next.lock().unwrap();
    let (kind, loses) = *next.front()?;
    let is_meant = call.ends_with(kind) || (kind.ends_with('/') && call.starts_with(kind));
    is_meant.then(|| next.pop_front()).map(|_| loses)
}

/// An answer that breaks off in its midst.
fn broken() -> Response {
    let pieces = [Ok(Bytes::from_static(b"{\"id\": ")), Err(std::io::Error::other("cut"))];
    (StatusCode::OK, Body::from_stream(futures::stream::iter(pieces))).into_response()
}
