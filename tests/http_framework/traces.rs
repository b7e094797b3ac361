//! Trace ids, and the one log line of a failed request.

use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::routing::get;
use jangteo::http::Problem;
use tracing_subscriber::fmt::MakeWriter;
use utoipa_axum::router::OpenApiRouter;

use crate::house::{self, service};

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Lines {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

fn broken() -> Router {
    let table = OpenApiRouter::new().route("/broken", get(|| async { Problem::internal("disk on fire") }));
    service(table.route("/fine", get(|| async { "fine" })))
}

#[tokio::test]
async fn a_request_without_a_parent_gets_a_trace_of_its_own() {
    let service = broken();
    let one = house::get(&service, "/fine", &[]).await;
    let two = house::get(&service, "/fine", &["traceparent: nonsense"]).await;
    assert_eq!(one.header("jangteo-trace").len(), 32);
    assert_ne!(one.header("jangteo-trace"), two.header("jangteo-trace"));
}

#[tokio::test]
async fn a_failure_is_logged_once_with_its_cause_which_is_never_sent() {
    let lines = Lines::default();
    let subscriber = tracing_subscriber::fmt().json().with_writer(lines.clone()).finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let service = broken();
    let reply = house::get(&service, "/broken", &[]).await;
    house::get(&service, "/fine", &[]).await;
    drop(guard);
    reply.is_problem(500, "internal");
    assert!(!reply.json.to_string().contains("fire"), "{reply:?}");
    let written = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert_eq!(written.lines().count(), 1, "{written}");
    for part in ["disk on fire", "ERROR", "\"code\":\"internal\"", reply.header("jangteo-trace"), "/broken"] {
        assert!(written.contains(part), "{part} in {written}");
    }
}
