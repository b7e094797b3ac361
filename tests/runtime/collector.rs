//! A collector of traces on the loopback: keeps every span that is sent to it.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::trace::v1::Span;
use prost::Message;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::process::LIMIT;

type Kept = Arc<watch::Sender<(Vec<Span>, Vec<u8>)>>;

/// Keeps spans.
pub struct Collector {
    /// Where it is.
    pub address: String,
    kept: Kept,
}

impl Collector {
    pub async fn start() -> Self {
        let kept = Kept::default();
        let router = Router::new().route("/v1/traces", post(keep)).with_state(kept.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, kept }
    }

    /// The spans of a trace, once they are as wanted.
    pub async fn spans(&self, trace: &str, are_all: impl Fn(&[Span]) -> bool) -> Vec<Span> {
        let of_trace = |spans: &[Span]| -> Vec<Span> {
            spans.iter().filter(|span| hex::encode(&span.trace_id) == trace).cloned().collect()
        };
        let mut kept = self.kept.subscribe();
        let wanted = kept.wait_for(|(spans, _)| are_all(&of_trace(spans)));
        // What it gives back would keep the collector from writing.
        let came = tokio::time::timeout(LIMIT, async { wanted.await.is_ok() }).await;
        let spans = of_trace(&self.kept.borrow().0);
        assert_eq!(came, Ok(true), "these came: {:?}", names(&spans));
        spans
    }

    /// Everything that was sent, as it came.
    pub fn bytes(&self) -> Vec<u8> {
        self.kept.borrow().1.clone()
    }
}

async fn keep(State(kept): State<Kept>, body: Bytes) {
    let sent = ExportTraceServiceRequest::decode(body.clone()).unwrap();
    let scopes = sent.resource_spans.into_iter().flat_map(|resource| resource.scope_spans);
    let spans: Vec<Span> = scopes.flat_map(|scope| scope.spans).collect();
    kept.send_modify(|(all, bytes)| {
        all.extend(spans);
        bytes.extend_from_slice(&body);
    });
}

/// The names of spans.
pub fn names(spans: &[Span]) -> BTreeSet<&str> {
    spans.iter().map(|span| span.name.as_str()).collect()
}

/// What a span says of itself under a name.
pub fn said<'a>(span: &'a Span, name: &str) -> &'a str {
    let found = span.attributes.iter().find(|attribute| attribute.key == name);
    match found.and_then(|attribute| attribute.value.as_ref()?.value.as_ref()) {
        Some(Value::StringValue(text)) => text,
        _ => "",
    }
}
